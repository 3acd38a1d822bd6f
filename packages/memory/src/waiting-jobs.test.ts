import type { Job } from "@csat/core";
import { expect, test } from "vitest";
import { waitingJobs } from "./waiting-jobs.ts";

const at = (ms: number): Date => new Date(ms);
const aJob = (number: number): Job => ({
  kind: "deliver_event",
  workspaceId: "acme",
  eventId: "e",
  attempt: number,
});

/** A repeatable sequence of numbers below `below` (multiplicative congruential, modulus 2^31 − 1). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test("jobs come out by their times, those of one time in the order they came", () => {
  const waiting = waitingJobs(100);
  for (const [number, time] of [
    [1, 30],
    [2, 10],
    [3, 20],
    [4, 10],
  ] as const) {
    waiting.put({ job: aJob(number), runAt: at(time) });
  }
  expect(waiting.nextRunAt()).toEqual(at(10));
  const taken = [1, 2, 3, 4].map(() => waiting.takeDue(at(30))?.attempt);
  expect(taken).toEqual([2, 4, 3, 1]);
  expect([waiting.takeDue(at(99)), waiting.nextRunAt()]).toEqual([undefined, null]);
});

test("nothing is taken before its time", () => {
  const waiting = waitingJobs(100);
  waiting.put({ job: aJob(1), runAt: at(10) });
  expect(waiting.takeDue(at(9))).toBeUndefined();
  expect(waiting.takeDue(at(10))?.attempt).toBe(1);
});

test("a full list drops the latest, be it the new one or an old one; a job that moves takes no new place", () => {
  const waiting = waitingJobs(2);
  waiting.put({ job: aJob(1), runAt: at(10) });
  waiting.put({ job: aJob(2), runAt: at(20) });
  waiting.put({ job: aJob(3), runAt: at(30) });
  waiting.put({ job: aJob(4), runAt: at(5) });
  waiting.put({ job: aJob(1), runAt: at(11) });
  expect([1, 2, 3].map(() => waiting.takeDue(at(99))?.attempt)).toEqual([4, 1, undefined]);
});

test("after any sequence of puts, removals and takes the list holds what a plain map would", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const next = numbers(seed);
    const waiting = waitingJobs(1000);
    const expected = new Map<number, number>();
    for (let step = 0; step < 200; step++) {
      const number = next(20);
      const time = next(50);
      const action = next(4);
      if (action < 2) {
        waiting.put({ job: aJob(number), runAt: at(time) });
        expected.set(number, time);
      } else if (action === 2) {
        waiting.remove(aJob(number));
        expected.delete(number);
      } else {
        const taken = waiting.takeDue(at(time))?.attempt;
        const earliest = Math.min(...expected.values());
        if (earliest > time) expect(taken).toBeUndefined();
        else expect(taken === undefined ? undefined : expected.get(taken)).toBe(earliest);
        if (taken !== undefined) expected.delete(taken);
      }
      const earliest = Math.min(...expected.values());
      expect(waiting.nextRunAt()?.getTime() ?? Number.POSITIVE_INFINITY).toBe(earliest);
    }
  }
});
