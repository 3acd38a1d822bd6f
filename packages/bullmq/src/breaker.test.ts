import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { breaker } from "./breaker.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new Promise<never>(() => {});
const refused = { code: "scheduler_unavailable" };

/** Taken at once, so that a rejection while time is moved on is not unhandled. */
function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

/** A breaker over an engine that answers as told, and what it said. */
function aBreaker() {
  const engine = { answer: (): Promise<unknown> => Promise.resolve() };
  const events: string[] = [];
  const probes: number[] = [];
  const guard = breaker({
    timeoutMs: 250,
    probe: () => {
      probes.push(Date.now());
      return engine.answer();
    },
    onOpen: () => events.push("open"),
    onClose: () => events.push("close"),
    onFailure: ({ kind }) => events.push(kind),
  });
  return { guard, engine, events, probes };
}

test("a call rejects when its time is over, and the following ones at once, without being tried", async () => {
  const { guard, events } = aBreaker();
  const first = failureOf(guard.run(() => never));
  await vi.advanceTimersByTimeAsync(251);
  expect(await first).toMatchObject(refused);
  const work = vi.fn<() => Promise<void>>();
  await expect(guard.run(work)).rejects.toMatchObject(refused);
  expect(work).not.toHaveBeenCalled();
  expect(events).toEqual(["open"]);
});

test("a call that takes long is no outage while the engine answers something", async () => {
  const { guard, events } = aBreaker();
  let done = (): void => {};
  const call = guard.run(
    () =>
      new Promise<void>((resolve) => {
        done = resolve;
      }),
  );
  for (let sign = 0; sign < 5; sign++) {
    await vi.advanceTimersByTimeAsync(200);
    guard.noteAnswer();
  }
  done();
  await call;
  expect(events).toEqual([]);
});

test("a call that fails opens the breaker, and its error keeps the cause", async () => {
  const { guard, events } = aBreaker();
  const cause = new Error("READONLY");
  await expect(guard.run(() => Promise.reject(cause))).rejects.toMatchObject({ ...refused, cause });
  expect(events).toEqual(["open"]);
});

test("probes follow after 250 ms and pauses that double up to five seconds", async () => {
  const { guard, engine, probes } = aBreaker();
  engine.answer = () => Promise.reject(new Error("refused"));
  const openedAt = Date.now();
  await expect(guard.run(engine.answer)).rejects.toMatchObject(refused);
  await vi.advanceTimersByTimeAsync(23_000);
  expect(probes.map((at) => at - openedAt)).toEqual([250, 750, 1750, 3750, 7750, 12_750, 17_750, 22_750]);
});

test("a probe that is answered closes the breaker, and a later outage begins with a short pause again", async () => {
  const { guard, engine, events, probes } = aBreaker();
  engine.answer = () => Promise.reject(new Error("refused"));
  await expect(guard.run(engine.answer)).rejects.toMatchObject(refused);
  await vi.advanceTimersByTimeAsync(1_000);
  engine.answer = () => Promise.resolve();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await guard.run(async () => "done")).toBe("done");
  expect(events).toEqual(["open", "refusal", "refusal", "close"]);
  await expect(guard.run(() => Promise.reject(new Error("refused")))).rejects.toMatchObject(refused);
  const before = probes.length;
  await vi.advanceTimersByTimeAsync(250);
  expect(probes.length).toBe(before + 1);
});

test("a probe without an answer is told, so that a dead connection can be renewed", async () => {
  const { guard, engine, events } = aBreaker();
  engine.answer = () => never;
  const call = failureOf(guard.run(() => never));
  await vi.advanceTimersByTimeAsync(800);
  expect(await call).toMatchObject(refused);
  expect(events).toEqual(["open", "silence"]);
});

test("a probe that is refused is told after each pause, and not when the engine reported itself back", async () => {
  const { guard, engine, events, probes } = aBreaker();
  engine.answer = () => Promise.reject(new Error("read only"));
  expect(await failureOf(guard.run(engine.answer))).toMatchObject(refused);
  // A connection that is renewed for a refusal reports itself ready, and would be renewed for ever.
  for (let turn = 0; turn < 5; turn++) {
    guard.probeNow();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(probes).toHaveLength(5);
  expect(events).toEqual(["open"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(events).toEqual(["open", "refusal"]);
});

test("an engine that reports itself back is probed at once; an ended breaker never", async () => {
  const { guard, engine, events, probes } = aBreaker();
  await expect(guard.run(() => Promise.reject(new Error("refused")))).rejects.toMatchObject(refused);
  guard.probeNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toEqual(["open", "close"]);
  engine.answer = () => Promise.reject(new Error("refused"));
  await expect(guard.run(engine.answer)).rejects.toMatchObject(refused);
  guard.end();
  guard.probeNow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probes).toHaveLength(1);
});
