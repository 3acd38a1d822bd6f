import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";

const start = "2026-03-01T12:00:00.000Z";

function aClock() {
  const clock = fakeClock(start);
  const fired: string[] = [];
  const after = (ms: number, name: string) =>
    clock.setTimer(() => void fired.push(`${name} ${clock.now().toISOString()}`), ms);
  return { clock, fired, after };
}

test("time stands still until it is moved", async () => {
  const { clock } = aClock();
  expect(clock.now()).toEqual(new Date(start));
  await clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 });
  expect(clock.now().toISOString()).toBe("2026-03-02T14:03:04.005Z");
  await clock.advance(995);
  expect(clock.now().toISOString()).toBe("2026-03-02T14:03:05.000Z");
});

test("without timers the hands move before advance returns", () => {
  const { clock } = aClock();
  void clock.advance({ hours: 1 });
  expect(clock.now().toISOString()).toBe("2026-03-01T13:00:00.000Z");
});

test("a Date that was handed out does not move the clock", () => {
  const given = new Date(start);
  const clock = fakeClock(given);
  clock.now().setFullYear(1999);
  given.setFullYear(1999);
  expect(clock.now()).toEqual(new Date(start));
});

test("timers fire at their own times, in the order of those, and once", async () => {
  const { clock, fired, after } = aClock();
  after(2000, "second");
  after(1000, "first");
  after(2000, "third");
  after(3001, "never");
  await clock.advance(3000);
  expect(fired).toEqual([
    "first 2026-03-01T12:00:01.000Z",
    "second 2026-03-01T12:00:02.000Z",
    "third 2026-03-01T12:00:02.000Z",
  ]);
  expect(clock.now().toISOString()).toBe("2026-03-01T12:00:03.000Z");
});

test("a timer that is called off does not fire, even by another of the same time", async () => {
  const { clock, fired, after } = aClock();
  after(1000, "kept");
  const callOff = after(1000, "called off");
  clock.setTimer(callOff, 500);
  await clock.advance(5000);
  expect(fired).toEqual(["kept 2026-03-01T12:00:01.000Z"]);
});

test("a timer may set the next one, as a series does", async () => {
  const { clock } = aClock();
  const seconds: number[] = [];
  const tick = (): void => {
    seconds.push(clock.now().getUTCSeconds());
    clock.setTimer(tick, 1000);
  };
  clock.setTimer(tick, 1000);
  await clock.advance({ seconds: 4 });
  expect(seconds).toEqual([1, 2, 3, 4]);
});

test("what a timer starts goes on before the next timer fires", async () => {
  const { clock } = aClock();
  const order: string[] = [];
  clock.setTimer(() => {
    void (async () => {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      order.push("work of the first");
    })();
  }, 1000);
  clock.setTimer(() => void order.push("second"), 1001);
  await clock.advance(2000);
  expect(order).toEqual(["work of the first", "second"]);
});

test("advance waits for settleWith before time moves and after each timer", async () => {
  const { clock } = aClock();
  const seen: string[] = [];
  clock.settleWith(async () => void seen.push(`settled at ${clock.now().getUTCSeconds()}`));
  clock.setTimer(() => void seen.push("fired"), 1000);
  await clock.advance(3000);
  expect(seen).toEqual(["settled at 0", "fired", "settled at 1"]);
});

test("setting the hands fires no timer: those run on time that passes", async () => {
  const { clock, fired, after } = aClock();
  after(1000, "timer");
  clock.set("2026-04-01T00:00:00.000Z");
  expect(clock.now().toISOString()).toBe("2026-04-01T00:00:00.000Z");
  expect(fired).toEqual([]);
  await clock.advance(1000);
  expect(fired).toEqual(["timer 2026-04-01T00:00:01.000Z"]);
});

test("a timer for ever never fires, and one for the past fires at the next move", async () => {
  const { clock, fired, after } = aClock();
  after(Number.POSITIVE_INFINITY, "for ever");
  after(-5, "past");
  await clock.advance(0);
  await clock.advance({ days: 10_000 });
  expect(fired).toEqual(["past 2026-03-01T12:00:00.000Z"]);
});

test.each(["never", "", new Date(Number.NaN)])("%j is no time to start at or to set", (time) => {
  expect(() => fakeClock(time)).toThrow(expect.objectContaining({ code: "invalid_config" }));
  expect(() => fakeClock().set(time)).toThrow(expect.objectContaining({ code: "invalid_config" }));
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, { hours: -1 }])("time cannot move by %j", async (by) => {
  const { clock } = aClock();
  await expect(clock.advance(by)).rejects.toMatchObject({ code: "invalid_config" });
  expect(clock.now()).toEqual(new Date(start));
});
