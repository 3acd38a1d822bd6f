import { expect, onTestFinished, test, vi } from "vitest";
import { withDeadline } from "./deadline.ts";

const never = () => new Promise<string>(() => {});
const said = (by: string) => `ended: ${by}`;

function fakeTimers(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

/** A signal that lives as long as its process, and how many listeners stand on it. */
function aLongSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const count = { now: 0, most: 0 };
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...listener: Parameters<typeof add>) => {
    count.now++;
    count.most = Math.max(count.most, count.now);
    add(...listener);
  };
  signal.removeEventListener = (...listener: Parameters<typeof remove>) => {
    count.now--;
    remove(...listener);
  };
  return { controller, signal, count };
}

test("work that ends in time counts, and its error too", async () => {
  await expect(withDeadline({ timeoutMs: 1_000, work: async () => "done", otherwise: said })).resolves.toBe(
    "done",
  );
  const work = async (): Promise<string> => Promise.reject(new Error("no"));
  await expect(withDeadline({ timeoutMs: 1_000, work, otherwise: said })).rejects.toThrow("no");
});

test("work that throws at once rejects", async () => {
  const work = (): Promise<string> => {
    throw new Error("at once");
  };
  await expect(withDeadline({ work, otherwise: said })).rejects.toThrow("at once");
});

test("work that is late is told to end, and `otherwise` answers for it", async () => {
  fakeTimers();
  const seen: AbortSignal[] = [];
  const result = withDeadline({
    timeoutMs: 500,
    work: (signal) => {
      seen.push(signal);
      return never();
    },
    otherwise: said,
  });
  await vi.advanceTimersByTimeAsync(499);
  expect(seen[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(seen[0]?.aborted).toBe(true);
  expect(await result).toBe("ended: late");
});

test("what the work says within its grace counts, later it does not", async () => {
  fakeTimers();
  const answerAfter = (ms: number) => (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      const pause = { timeoutMs: ms, work: never, otherwise: () => "how far it came" };
      signal.addEventListener("abort", () => resolve(withDeadline(pause)));
    });
  const inGrace = withDeadline({ timeoutMs: 500, graceMs: 100, work: answerAfter(99), otherwise: said });
  const tooLate = withDeadline({ timeoutMs: 500, graceMs: 100, work: answerAfter(101), otherwise: said });
  await vi.advanceTimersByTimeAsync(700);
  expect(await inGrace).toBe("how far it came");
  expect(await tooLate).toBe("ended: late");
});

test("an abort ends the work at once, before the work itself hears of it", async () => {
  const { controller, signal } = aLongSignal();
  const order: string[] = [];
  const result = withDeadline({
    signal,
    work: (inner) => {
      inner.addEventListener("abort", () => order.push("work"));
      return never();
    },
    otherwise: (by) => {
      order.push("otherwise");
      return said(by);
    },
  });
  controller.abort();
  expect(await result).toBe("ended: aborted");
  expect(order).toEqual(["otherwise", "work"]);
});

test("work whose signal has aborted before does not begin; with grace it does, and can say so", async () => {
  const begun: boolean[] = [];
  const work = async (signal: AbortSignal) => {
    begun.push(signal.aborted);
    return "nothing sent";
  };
  const signal = AbortSignal.abort();
  expect(await withDeadline({ signal, work, otherwise: said })).toBe("ended: aborted");
  expect(begun).toEqual([]);
  expect(await withDeadline({ signal, graceMs: 100, work, otherwise: said })).toBe("nothing sent");
  expect(begun).toEqual([true]);
});

test("`moreMs` prolongs the wait as long as it says so", async () => {
  fakeTimers();
  const extensions = [200, 300, 0];
  const result = withDeadline({
    timeoutMs: 500,
    moreMs: () => extensions.shift() ?? 0,
    work: never,
    otherwise: said,
  });
  let isOver = false;
  void result.then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(10);
  expect(isOver).toBe(true);
});

test("a time beyond what a timer can wait is waited for, not over at once", async () => {
  fakeTimers();
  const result = withDeadline({ timeoutMs: Infinity, work: never, otherwise: said });
  let isOver = false;
  void result.then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(isOver).toBe(false);
});

test("what `otherwise` throws, the caller gets", async () => {
  const otherwise = (): string => {
    throw new Error("refused");
  };
  await expect(withDeadline({ signal: AbortSignal.abort(), work: never, otherwise })).rejects.toThrow(
    "refused",
  );
});

test.each<readonly [string, () => Promise<string>]>([
  ["done", async () => "done"],
  ["failed", async () => Promise.reject(new Error("no"))],
  ["late", never],
])("no listener stays on a signal that lives on, when the work was %s", async (_how, work) => {
  const { signal, count } = aLongSignal();
  const calls = Array.from({ length: 100 }, () =>
    withDeadline({ timeoutMs: 1, signal, work, otherwise: said }),
  );
  await Promise.allSettled(calls);
  expect(count).toEqual({ now: 0, most: 1 });
});

test("a hundred at once on one signal make no warning", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => void warnings.push(warning);
  process.on("warning", listen);
  onTestFinished(() => void process.off("warning", listen));
  const { controller, signal } = aLongSignal();
  const calls = Array.from({ length: 100 }, () => withDeadline({ signal, work: never, otherwise: said }));
  await new Promise<void>((resolve) => void setImmediate(resolve));
  controller.abort();
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["ended: aborted"]));
  expect(warnings).toEqual([]);
});
