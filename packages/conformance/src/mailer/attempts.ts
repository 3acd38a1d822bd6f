import { expectEqual, expectPresent, expectTrue } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { MailerCase } from "../case.ts";
import { readMail } from "./read-mail.ts";
import { aMail, send, sendAndRead } from "./send-and-read.ts";

/** Repetitions, aborts, and many at once. */
export const attemptCases: readonly MailerCase[] = [
  {
    id: "mailer/message-id/as-given",
    rule: "The Message-ID is the given local part at a domain, and the outcome names it as sent, or null.",
    async run(fixture) {
      const mail = aMail();
      const outcome = await send(fixture, mail);
      const [arrived] = await fixture.received();
      const [messageId = ""] =
        readMail(expectPresent(arrived, "the mail").raw).headers.get("message-id") ?? [];
      const [localPart, domain = "", ...rest] = messageId.replace(/^<|>$/g, "").split("@");
      expectEqual([localPart, rest.length], [mail.messageIdLocalPart, 0], "the local part");
      expectTrue(/^[^\s<>@]+$/.test(domain), "the Message-ID has a domain");
      expectTrue(
        outcome.kind === "accepted" && (outcome.messageId === null || outcome.messageId === messageId),
        "the outcome is accepted and names the Message-ID",
      );
    },
  },
  {
    id: "mailer/message-id/same-when-repeated",
    rule: "A repetition carries the same Message-ID, another survey another one.",
    async run(fixture) {
      const mail = aMail();
      const first = await sendAndRead(fixture, mail);
      const repeated = await sendAndRead(fixture, { ...mail, subject: "Rendered again" });
      const other = await sendAndRead(fixture, aMail());
      const idOf = ({ headers }: typeof first) => headers.get("message-id");
      expectEqual(idOf(repeated), idOf(first), "the Message-ID of the repetition");
      expectTrue(idOf(other)?.[0] !== idOf(first)?.[0], "another survey has another Message-ID");
    },
  },
  {
    id: "mailer/send/many-at-once",
    rule: "Twenty mails at once all arrive, each with its own recipient and text.",
    async run(fixture) {
      const mails = Array.from({ length: 20 }, () => {
        const mark = uniqueId("mail");
        return aMail({ to: { name: null, address: `${mark}@customer.example` }, text: mark, html: mark });
      });
      const outcomes = await Promise.all(mails.map((mail) => send(fixture, mail)));
      expectEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(["accepted" as const]), "the outcomes");
      const read = (await fixture.received()).map(({ raw }) => readMail(raw));
      const seen = read.map(({ to, text, html }) => [to.address, text, html].join(" ")).toSorted();
      const wanted = mails.map(({ to, text, html }) => [to.address, text, html].join(" ")).toSorted();
      expectEqual(seen, wanted, "what arrived");
    },
  },
  {
    id: "mailer/abort/before-the-send",
    rule: "A send whose signal was aborted before it sends nothing, and answers that the mail was not taken.",
    async run(fixture) {
      const { kind } = await fixture.mailer.send(aMail(), AbortSignal.abort());
      expectEqual<string>(kind, "unavailable", "the outcome");
      expectEqual((await fixture.received()).length, 0, "mails that arrived");
    },
  },
  {
    id: "mailer/abort/during-the-send",
    rule: "A send that is aborted resolves, and never claims that nothing was taken when the mail arrived.",
    async run(fixture) {
      const aborting = new AbortController();
      const sending = fixture.mailer.send(aMail(), aborting.signal);
      aborting.abort();
      const { kind } = await sending;
      expectTrue(["accepted", "unavailable", "unknown"].includes(kind), `${kind} is an outcome of an abort`);
      // Whatever the server does now, it does to a mail whose fate was told: wait for one that follows it.
      expectEqual<string>((await send(fixture, aMail())).kind, "accepted", "the next mail");
      const arrived = (await fixture.received()).length - 1;
      expectTrue(kind !== "unavailable" || arrived === 0, "a mail that was not taken did not arrive");
    },
  },
];
