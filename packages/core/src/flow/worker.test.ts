import { expect, test } from "vitest";
import { idleOptions } from "../../test/idle-options.ts";
import type { CsatOptions } from "../options.ts";
import type { Claimed, ClaimRequest } from "../ports/store/session.ts";
import { readOptions } from "../read-options.ts";
import { startWorker } from "./worker.ts";

test.each([Number.NaN, -1, "10"])("a worker is not stopped within %s milliseconds", async (timeoutMs) => {
  const worker = await startWorker(readOptions(idleOptions()));
  // Callers without types pass anything.
  const given = { timeoutMs: timeoutMs as number };
  await expect(worker.stop(given)).rejects.toMatchObject({
    code: "invalid_input",
    issues: [{ path: "timeoutMs" }],
  });
  await expect(worker.stop({ timeoutMs: Infinity })).resolves.toBe(undefined);
});

test("jobs of one scheduler at the same time leave one listener on its signal, and none behind them", async () => {
  // Node warns of more than ten.
  let listeners = 0;
  let most = 0;
  const { signal } = new AbortController();
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...words: Parameters<typeof add>) => {
    listeners += 1;
    most = Math.max(most, listeners);
    add(...words);
  };
  signal.removeEventListener = (...words: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...words);
  };
  const options = idleOptions();
  let work: Parameters<CsatOptions<never>["scheduler"]["start"]>[0] | undefined;
  const scheduler: CsatOptions<never>["scheduler"] = {
    ...options.scheduler,
    start: async (given, settings) => {
      work = given;
      return options.scheduler.start(given, settings);
    },
  };
  const context = readOptions({ ...options, scheduler });
  // Nothing is ever due.
  const auto = { ...context.storage.auto, claim: async () => [] };
  await startWorker({ ...context, storage: { ...context.storage, auto } });
  const job = { kind: "send_survey", workspaceId: "acme", surveyId: "S", generation: 1, attempt: 0 } as const;
  await Promise.all(Array.from({ length: 20 }, async () => work?.run(job, signal)));
  expect([most, listeners]).toEqual([1, 0]);
});

test("a wake-up is over with the next round of claims, so that under a steady load none piles up behind another", async () => {
  const happened: string[] = [];
  let noMore = () => {};
  const allClaimed = new Promise<void>((resolve) => {
    noMore = resolve;
  });
  let work: Parameters<CsatOptions<never>["scheduler"]["start"]>[0] | undefined;
  const options = idleOptions();
  const context = readOptions({
    ...options,
    scheduler: {
      ...options.scheduler,
      start: async (given, settings) => {
        work = given;
        return options.scheduler.start(given, settings);
      },
    },
  });
  // There is always more, for a hundred claims; nobody needs it any more.
  const claim = async ({ limit }: ClaimRequest): Promise<readonly Claimed[]> => {
    if (happened.push("claimed") > 100) {
      noMore();
      return [];
    }
    return Array.from({ length: limit }, (_, place) => ({
      head: { key: { kind: "ticket", workspaceId: "acme", id: `T${place}` }, version: 1, state: null },
      leaseId: "L",
      resumed: false,
      due: { kind: "waiting", wakeAt: new Date(0), firstDueAt: new Date(0), failing: "" },
    }));
  };
  await startWorker({
    ...context,
    storage: { ...context.storage, auto: { ...context.storage.auto, claim } },
  });
  const job = { kind: "send_survey", workspaceId: "acme", surveyId: "S", generation: 1, attempt: 0 } as const;
  await work?.run(job, new AbortController().signal);
  happened.push("the wake-up is over");
  await allClaimed;
  // Most of them were claimed without it.
  expect(happened.slice(0, 10)).toContain("the wake-up is over");
  expect(happened.at(-1)).toBe("claimed");
});
