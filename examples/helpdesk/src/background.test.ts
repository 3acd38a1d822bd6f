import type { RunReport } from "@csat/core";
import { expect, test } from "vitest";
import { startBackground } from "./background.ts";

const nothing: RunReport = { sent: 0, skipped: 0, failed: 0, delivered: 0 };

/** A background whose parts write down what is asked of them, and take a turn of the event loop for it. */
async function aBackground(runs: readonly RunReport[] = [], { moveFails = false, works = true } = {}) {
  const steps: string[] = [];
  const left = [...runs];
  const step = async (name: string) => {
    await new Promise(setImmediate);
    steps.push(name);
  };
  const csat = {
    startWorker: async () => {
      await step("start");
      return { stop: () => step("stop") };
    },
    runDue: async () => {
      await step("run");
      return left.shift() ?? nothing;
    },
  };
  const clock = {
    now: () => new Date(0),
    refresh: async () => {},
    moveOn: async (ms: number) => {
      await step(`move ${ms}`);
      if (moveFails) throw new Error("too far");
    },
  };
  return { steps, background: await startBackground({ csat, clock, works }) };
}

test("an advance lets the worker finish, moves the clock, runs until nothing is due, and starts again", async () => {
  const { steps, background } = await aBackground([
    { ...nothing, sent: 1 },
    { ...nothing, skipped: 1 },
    { ...nothing, failed: 1 },
    { ...nothing, delivered: 1 },
  ]);
  await background.advance(5);
  expect(steps).toEqual(["start", "stop", "move 5", "run", "run", "run", "run", "run", "start"]);
});

test("advances and the stop wait for each other", async () => {
  const { steps, background } = await aBackground();
  await Promise.all([background.advance(1), background.advance(2), background.stop()]);
  const one = ["stop", "move 1", "run", "start"];
  expect(steps).toEqual(["start", ...one, "stop", "move 2", "run", "start", "stop"]);
});

test("an advance that is refused leaves the worker running and the next one its turn", async () => {
  const { steps, background } = await aBackground([], { moveFails: true });
  await expect(background.advance(1)).rejects.toThrow("too far");
  await expect(background.advance(2)).rejects.toThrow("too far");
  expect(steps).toEqual(["start", "stop", "move 1", "start", "stop", "move 2", "start"]);
});

test("a process that does not work moves the clock on, and leaves what is due to the one that does", async () => {
  const { steps, background } = await aBackground([], { works: false });
  await background.advance(5);
  await background.stop();
  expect(steps).toEqual(["move 5"]);
});
