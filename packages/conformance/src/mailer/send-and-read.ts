import type { Mail, MailOutcome } from "@csat/core";
import { expectEqual, expectPresent } from "../assertions.ts";
import { type Given, uniqueId } from "../builders.ts";
import type { MailerFixture } from "../case.ts";
import { type ReadMail, readMail } from "./read-mail.ts";

/** A survey mail; frozen, since a mailer changes nothing of what it is given. */
export function aMail(given: Given<Mail> = {}): Mail {
  return Object.freeze({
    channel: given.channel ?? "email",
    to: Object.freeze(given.to ?? { name: "Ann Ito", address: "ann@customer.example" }),
    fromName: given.fromName ?? "Acme Support",
    subject: given.subject ?? "How did we do?",
    html: given.html ?? "<p>Tell us</p>",
    text: given.text ?? "Tell us",
    links: Object.freeze(given.links ?? sampleLinks),
    headers: Object.freeze(given.headers ?? { "Auto-Submitted": "auto-generated" }),
    messageIdLocalPart: given.messageIdLocalPart ?? uniqueId("csat"),
    workspaceId: given.workspaceId ?? "acme",
  });
}

const link = (rating: number) =>
  `https://help.example.com/csat/r/abcdefghijkmnpqrstuvwxyz23?rating=${rating}`;
const optOut = "https://help.example.com/csat/o/abcdefghijkmnpqrstuvwxyz23";
const sampleLinks = { 1: link(1), 2: link(2), 3: link(3), 4: link(4), 5: link(5), optOut };

/** Sends without ever aborting. */
export function send({ mailer }: MailerFixture, mail: Mail): Promise<MailOutcome> {
  return mailer.send(mail, new AbortController().signal);
}

/** Sends a mail that must be accepted and arrive alone, and reads it. */
export async function sendAndRead(fixture: MailerFixture, mail: Mail): Promise<ReadMail> {
  const before = (await fixture.received()).length;
  const { kind } = await send(fixture, mail);
  expectEqual<string>(kind, "accepted", "the outcome");
  const arrived = (await fixture.received()).slice(before);
  expectEqual(arrived.length, 1, "mails that arrived");
  return readMail(expectPresent(arrived[0], "the mail").raw);
}
