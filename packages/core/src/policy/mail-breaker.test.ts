import { expect, test } from "vitest";
import { isBreakerOpen, type MailBreaker, type MailFailure, noteFailure } from "./mail-breaker.ts";

const start = new Date("2026-03-01T12:00:00.000Z");
const after = (ms: number) => new Date(start.getTime() + ms);

/** The mail of one process, and what it knows of it. */
function mails() {
  const breakers = new Map<string, MailBreaker>();
  return {
    breakers,
    fails: ({
      at = 0,
      workspaceId = "acme",
      ...failure
    }: Partial<MailFailure> & { readonly at?: number; readonly workspaceId?: string }) =>
      noteFailure({
        breakers,
        workspaceId,
        now: after(at),
        failure: { concerns: "route", error: "x", recipient: "ann", ...failure },
      }),
    isAccepted: () => void breakers.delete("acme"),
    isOpen: (at: number) => isBreakerOpen({ breaker: breakers.get("acme"), now: after(at) }),
    pauseMs: (at: number) => Number(breakers.get("acme")?.openUntil) - start.getTime() - at,
  };
}

test("nothing is paused before the first failure", () => {
  expect(isBreakerOpen({ breaker: undefined, now: start })).toBe(false);
});

test("pauses double from a second to a minute while sender or route fail", () => {
  // S12
  const mail = mails();
  const pauses: number[] = [];
  for (let failure = 0, at = 0; failure < 8; failure++) {
    expect(mail.fails({ at, concerns: failure % 2 === 0 ? "route" : "sender" })).toBe(false);
    pauses.push(mail.pauseMs(at));
    at += mail.pauseMs(at);
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("ten mails that fail together count as one failure", () => {
  const mail = mails();
  for (let at = 0; at < 10; at++) mail.fails({ at });
  expect(mail.breakers.get("acme")).toMatchObject({ failures: 1, openUntil: after(1_000) });
});

test("it is open before its time and closed from then on", () => {
  const mail = mails();
  mail.fails({});
  expect([mail.isOpen(999), mail.isOpen(1_000)]).toEqual([true, false]);
});

test("what concerns the recipient counts as an attempt, and pauses nobody", () => {
  // S12
  const mail = mails();
  for (const recipient of ["ann", "bob", "cy"])
    expect(mail.fails({ concerns: "recipient", recipient })).toBe(true);
  expect(mail.breakers.size).toBe(0);
});

test("of what nobody knows, one recipient pauses nobody and counts, and a second alike opens the breaker and does not", () => {
  // S12
  const mail = mails();
  for (let at = 0; at < 5; at++) expect(mail.fails({ at, concerns: "unknown" })).toBe(true);
  expect(mail.isOpen(5)).toBe(false);
  expect(mail.fails({ at: 5, concerns: "unknown", recipient: "bob", error: "something else" })).toBe(true);
  expect(mail.isOpen(5)).toBe(false);
  expect(mail.fails({ at: 6, concerns: "unknown", recipient: "bob" })).toBe(false);
  expect(mail.isOpen(6)).toBe(true);
});

test("once it is everybody's trouble, it is no attempt of the first one's any more", () => {
  // S12
  const mail = mails();
  mail.fails({ concerns: "unknown" });
  mail.fails({ concerns: "unknown", recipient: "bob" });
  expect(mail.fails({ at: 1_000, concerns: "unknown" })).toBe(false);
  expect(mail.pauseMs(1_000)).toBe(2_000);
});

test("after a mail was taken, the next one that fails alike is a suspect again", () => {
  // S12
  const mail = mails();
  mail.fails({ concerns: "unknown" });
  mail.isAccepted();
  expect(mail.fails({ at: 5, concerns: "unknown", recipient: "bob" })).toBe(true);
  expect(mail.isOpen(5)).toBe(false);
});

test("an accepted mail closes the breaker, and the next pause is a short one again", () => {
  // S12
  const mail = mails();
  mail.fails({});
  mail.fails({ at: 1_000 });
  mail.isAccepted();
  expect(mail.isOpen(1_500)).toBe(false);
  mail.fails({ at: 2_000 });
  expect(mail.pauseMs(2_000)).toBe(1_000);
});

test("a mailer that never says the same thing twice fills no memory", () => {
  const mail = mails();
  for (let at = 0; at < 100; at++) mail.fails({ at, concerns: "unknown", error: `E${at}` });
  expect(mail.breakers.get("acme")?.suspects.size).toBe(10);
});

test("a process remembers the workspaces that failed within the last hour, not every one that ever did", () => {
  const { breakers, fails } = mails();
  const dayMs = 86_400_000;
  for (let place = 0; place < 24 * 60; place++)
    fails({ at: (place * dayMs) / (24 * 60), workspaceId: `w${place}` });
  // One a minute, each open for a second: those of the last hour and the one that closed a second too late.
  expect(breakers.size).toBe(61);
  expect(breakers.has("w1439")).toBe(true);
});

test("a workspace that goes on failing keeps its pause, however many others come in between", () => {
  const mail = mails();
  const pauses: number[] = [];
  for (let at = 0; at < 5 * 60_000; at += 60_000) {
    mail.fails({ at });
    pauses.push(mail.pauseMs(at));
    mail.fails({ at, workspaceId: `other${at}` });
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
});
