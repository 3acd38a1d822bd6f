import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { idleOptions } from "../../test/idle-options.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Mail, MailOutcome } from "../ports/mailer.ts";
import { readOptions } from "../read-options.ts";
import { handOver, leftOfLease, settleWhileLeased } from "./mail-attempt.ts";

const leaseForMs = 60_000;
const neverAsked = () => Promise.reject(new Error("no mail is sent here"));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A worker's context, whose mailer does that. */
function aContext(send: (mail: Mail, signal: AbortSignal) => Promise<MailOutcome> = neverAsked) {
  const logged: object[] = [];
  const log = (fields: object) => void logged.push(fields);
  const options = idleOptions({
    mailer: { send },
    leaseForMs,
    logger: { debug: log, info: log, warn: log, error: log },
  });
  return { context: readOptions(options), logged };
}

describe("what became of a mail", () => {
  // What is planned is handed through: nobody looks at it here.
  const plan = { ref: { workspaceId: "acme", ticketId: "T1" }, event: () => ({}) as never };

  test("is written again after 50 ms, 100 ms and so on, five seconds at most, until the lease has no time for another pause", async () => {
    // S11
    const { context } = aContext();
    const begunFrom = monotonicMs();
    const tries: number[] = [];
    const lost = new Error("the commit failed");
    const settle = async () => {
      tries.push(Math.round(monotonicMs() - begunFrom));
      throw lost;
    };
    const settled = settleWhileLeased(context, { plan, settle, begunFrom }).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await settled).toBe(lost);
    expect(tries.slice(0, 9)).toEqual([0, 50, 150, 350, 750, 1_550, 3_150, 6_350, 11_350]);
    // Each five seconds from there: after the last one less than a pause was left.
    expect(tries.slice(-2)).toEqual([51_350, 56_350]);
  });

  test("is written at once when that succeeds, also when the lease may have ended: nobody may have taken over", async () => {
    // S11
    const { context, logged } = aContext();
    const changed = { outcome: { kind: "sent" } } as never; // Nor at what comes back.
    const begunFrom = monotonicMs() - 2 * leaseForMs;
    expect(await settleWhileLeased(context, { plan, settle: async () => changed, begunFrom })).toBe(changed);
    expect(logged).toEqual([]);
  });
});

test("a lease is counted from before it was asked for, and is over at its end", async () => {
  // S11
  const { context } = aContext();
  const from = monotonicMs();
  expect(leftOfLease(context, from)).toBe(leaseForMs);
  await vi.advanceTimersByTimeAsync(leaseForMs - 1);
  expect(leftOfLease(context, from)).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(leftOfLease(context, from)).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(leftOfLease(context, from)).toBe(0);
});

describe("a mailer that throws, against its promise,", () => {
  // Only ids and words of a mail are looked at.
  const mail = { messageIdLocalPart: "srv_1" } as Mail;
  test.each([
    ["rejects", async () => Promise.reject(new TypeError("ada@example.com is down"))],
    [
      "throws at once",
      () => {
        throw new TypeError("ada@example.com is down");
      },
    ],
  ])(
    "leaves open whether the mail went out, and no text of its error is told: it %s",
    async (_name, send) => {
      // S11, S12
      const { context, logged } = aContext(send);
      const outcome = await handOver(context, { mail, withinMs: leaseForMs, signal: undefined });
      expect(outcome).toEqual({ kind: "unknown", error: "mailer threw TypeError" });
      expect(logged).toMatchObject([{ surveyId: "srv_1" }]);
      expect(JSON.stringify(logged)).not.toContain("ada@");
    },
  );
});
