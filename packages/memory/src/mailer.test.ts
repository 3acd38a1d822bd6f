import type { Mail, MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { memoryMailer } from "./mailer.ts";

const link = "https://help.example.com/csat/r/abcdefghijkmnpqrstuvwxyz23";
const mail: Mail = {
  channel: "email",
  links: { 1: link, 2: link, 3: link, 4: link, 5: link, optOut: link },
  to: { name: "Jane", address: "jane@example.com" },
  fromName: "Acme",
  subject: "How did we do?",
  html: "<p>Hello</p>",
  text: "Hello",
  headers: { "Auto-Submitted": "auto-generated" },
  messageIdLocalPart: "csat.s1",
  workspaceId: "acme",
};
const refused: MailOutcome = { kind: "refused", error: "550 rcpt" };
const patient = () => new AbortController().signal;

test("a mail is accepted and kept unless told otherwise", async () => {
  const mailer = memoryMailer();
  const outcome = await mailer.send(mail, patient());
  expect(outcome).toEqual({ kind: "accepted", messageId: "<csat.s1@memory.invalid>" });
  expect(mailer.sent).toEqual([mail]);
  expect(mailer.attempts).toEqual([{ mail, outcome }]);
});

test("outcomes for the next mails come first, each once, then the standing one counts", async () => {
  const mailer = memoryMailer({ outcome: refused });
  const down: MailOutcome = { kind: "unavailable", error: "connect", concerns: "route" };
  mailer.answerNext(down, ({ subject }) => ({ kind: "accepted", messageId: subject }));
  const outcomes = [];
  for (let call = 0; call < 4; call++) outcomes.push(await mailer.send(mail, patient()));
  expect(outcomes).toEqual([down, { kind: "accepted", messageId: mail.subject }, refused, refused]);
  expect(mailer.sent).toHaveLength(1);
  mailer.answerWith({ kind: "accepted", messageId: null });
  await mailer.send(mail, patient());
  expect([mailer.sent.length, mailer.attempts.length]).toEqual([2, 5]);
  mailer.clear();
  expect([mailer.sent.length, mailer.attempts.length]).toEqual([0, 0]);
});

test("an abort before the send is known to have sent nothing", async () => {
  const mailer = memoryMailer();
  expect(await mailer.send(mail, AbortSignal.abort())).toMatchObject({
    kind: "unavailable",
    concerns: "unknown",
  });
  expect(mailer.sent).toEqual([]);
});

test("an abort during the send ends it at once, with an unknown fate", async () => {
  // S11
  const mailer = memoryMailer({ outcome: () => new Promise<MailOutcome>(() => {}) });
  const aborting = new AbortController();
  const sending = mailer.send(mail, aborting.signal);
  aborting.abort();
  expect(await sending).toMatchObject({ kind: "unknown" });
  expect(mailer.sent).toEqual([]);
});

test("a function that throws makes the send reject, as a broken adapter would", async () => {
  const mailer = memoryMailer();
  const broken = new Error("broken");
  mailer.answerNext(() => {
    throw broken;
  });
  await expect(mailer.send(mail, patient())).rejects.toBe(broken);
});
