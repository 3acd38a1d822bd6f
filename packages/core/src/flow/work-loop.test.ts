import { expect, test } from "vitest";
import { idleOptions } from "../../test/idle-options.ts";
import { minute, ticketAfter } from "../../test/transition/words.ts";
import type { CsatOptions } from "../options.ts";
import type { Claimed, ClaimRequest } from "../ports/store/session.ts";
import { readOptions } from "../read-options.ts";
import { toDocument } from "./ticket-document.ts";
import { type WorkLoopOptions, workLoop } from "./work-loop.ts";

const document = toDocument(ticketAfter("resolved 0"));

/** A loop over due surveys. The host holds each of them back until the test lets it go; then it is skipped. */
function aLoop(given: Partial<WorkLoopOptions> = {}) {
  const waiting: string[] = [];
  const asked: ClaimRequest[] = [];
  const held = new Map<string, () => void>();
  const begun: string[] = [];
  // A test sets them later.
  const state = { failure: null as Error | null, ended: 0 };
  const claim = async (ask: ClaimRequest): Promise<readonly Claimed[]> => {
    asked.push(ask);
    if (state.failure !== null) throw state.failure;
    const { after, exceptWorkspaces = [] } = ask;
    // Each workspace has one survey; the turn goes to the one behind `after`.
    const free = waiting.filter((id) => !exceptWorkspaces.includes(id)).toSorted();
    const turns = [...free.filter((id) => id > (after ?? "")), ...free.filter((id) => id <= (after ?? ""))];
    const taken = turns.slice(0, ask.limit);
    for (const id of taken) waiting.splice(waiting.indexOf(id), 1);
    return taken.map((workspaceId) => ({
      head: { key: { kind: "ticket", workspaceId, id: "T" }, version: 1, state: document },
      leaseId: `lease of ${workspaceId}`,
      resumed: false,
      due: { kind: "waiting", wakeAt: minute(60), firstDueAt: minute(60) },
    }));
  };
  const idle = idleOptions();
  const options = {
    ...idle,
    storage: {
      ...idle.storage,
      auto: {
        claim,
        read: async (keys: readonly object[]) => keys.map((key) => ({ key, version: 0, state: null })),
        write: async (changes: readonly object[]) => changes.map(() => "written"),
      },
    },
    tickets: {
      ...idle.tickets,
      getTicket: ({ workspaceId }: { readonly workspaceId: string }) =>
        new Promise((resolve) => {
          begun.push(workspaceId);
          held.set(workspaceId, () => resolve(null));
        }),
    },
    clock: { now: () => minute(90) },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  } as unknown as CsatOptions<never>; // What the loop asks of its ports is there.
  const context = readOptions(options);
  const loop = workLoop(context, {
    concurrency: 8,
    limit: null,
    signal: undefined,
    stopping: undefined,
    until: () => minute(90),
    onSurvey: () => {
      state.ended += 1;
    },
    onDelivered: () => {},
    ...given,
  });
  const end = (...ids: readonly string[]) => {
    for (const id of ids) {
      held.get(id)?.();
      held.delete(id);
    }
  };
  return { loop, context, state, waiting, asked, begun, held, end };
}

/** So many workspaces with one survey each. */
const workspaces = (count: number) =>
  Array.from({ length: count }, (_, place) => `w${String(place).padStart(4, "0")}`);

const limits = (asked: readonly ClaimRequest[]) => asked.map(({ limit }) => limit);

/** Resolves when so many surveys have ended, and what follows from the last one has happened. */
async function untilEnded({ state }: ReturnType<typeof aLoop>, count: number): Promise<void> {
  await expect.poll(() => state.ended).toBe(count);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** Lets everything go until the work is over. */
async function endAll({ held, end }: ReturnType<typeof aLoop>, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  await expect
    .poll(() => {
      end(...held.keys());
      return isOver;
    })
    .toBe(true);
  await over;
}

test("nothing is claimed that could not be started at once; with all places taken a claim waits until a quarter is free", async () => {
  const line = aLoop({ concurrency: 8 });
  line.waiting.push(...workspaces(20));
  const over = line.loop.wake("nothing_left");
  await expect.poll(() => line.held.size).toBe(8);
  line.end("w0000");
  await untilEnded(line, 1);
  expect(limits(line.asked)).toEqual([8]);
  line.end("w0001");
  await expect.poll(() => line.held.size).toBe(8);
  expect(limits(line.asked)).toEqual([8, 2]);
  await endAll(line, over);
  expect(line.begun).toHaveLength(20);
});

test("a slow survey holds up no other: its place alone stays taken", async () => {
  const line = aLoop({ concurrency: 2 });
  line.waiting.push(...workspaces(6));
  const over = line.loop.wake("nothing_left");
  for (const id of ["w0001", "w0002", "w0003"]) {
    await expect.poll(() => line.held.has(id)).toBe(true);
    line.end(id);
  }
  await expect.poll(() => [...line.held.keys()]).toEqual(["w0000", "w0004"]);
  await endAll(line, over);
});

test("each claim goes on behind the workspace that had the last turn", async () => {
  // S58
  const line = aLoop({ concurrency: 1 });
  line.waiting.push(...workspaces(3));
  await endAll(line, line.loop.wake("nothing_left"));
  expect(line.asked.map(({ after }) => after)).toEqual([null, "w0000", "w0001", "w0002"]);
  // Also when it was idle meanwhile.
  line.waiting.push("w0001", "w0003");
  await endAll(line, line.loop.wake("nothing_left"));
  expect(line.begun.slice(3)).toEqual(["w0003", "w0001"]);
});

test("an empty queue is asked once per call", async () => {
  const line = aLoop();
  await line.loop.wake("nothing_left");
  await line.loop.wake("next_round");
  expect(limits(line.asked)).toEqual([8, 8]);
});

test("workspaces whose mail server is down are left out, a thousand at most: the list goes along with every claim", async () => {
  // S12
  const line = aLoop();
  const breaker = { failures: 1, openUntil: minute(91), suspects: new Map(), works: false };
  const breakers = line.context.breakers.get("email");
  for (const id of workspaces(1_500)) breakers?.set(id, breaker);
  breakers?.set("w0000", { ...breaker, openUntil: minute(90) });
  await line.loop.wake("nothing_left");
  expect(line.asked.map(({ exceptWorkspaces }) => exceptWorkspaces)).toEqual([workspaces(1_001).slice(1)]);
});

test("no more surveys than the limit are claimed in all", async () => {
  const line = aLoop({ concurrency: 2, limit: 3 });
  line.waiting.push(...workspaces(9));
  await endAll(line, line.loop.wake("nothing_left"));
  expect(line.begun).toEqual(["w0000", "w0001", "w0002"]);
  expect(limits(line.asked).reduce((sum, limit) => sum + limit, 0)).toBe(3);
});

test("told to stop, it claims no more, and is idle when what runs has ended", async () => {
  // S16
  const stopping = new AbortController();
  const line = aLoop({ concurrency: 2, stopping: stopping.signal });
  line.waiting.push(...workspaces(9));
  const over = line.loop.wake("nothing_left");
  await expect.poll(() => line.held.size).toBe(2);
  stopping.abort();
  let isIdle = false;
  const idle = line.loop.idle().then(() => {
    isIdle = true;
  });
  line.end("w0000");
  await untilEnded(line, 1);
  expect(isIdle).toBe(false);
  line.end("w0001");
  await Promise.all([over, idle]);
  expect(line.begun).toEqual(["w0000", "w0001"]);
});

test("a claim that fails is told to who waits, and it is idle only when what runs has ended", async () => {
  const line = aLoop({ concurrency: 2 });
  line.waiting.push(...workspaces(9));
  const over = line.loop.wake("nothing_left");
  await expect.poll(() => line.held.size).toBe(2);
  line.state.failure = new Error("the storage is down");
  line.end("w0000");
  await expect(over).rejects.toThrow("the storage is down");
  let isIdle = false;
  const idle = line.loop.idle().then(() => {
    isIdle = true;
  });
  await untilEnded(line, 1);
  expect(isIdle).toBe(false);
  line.end("w0001");
  await idle;
  // The next call finds it ready again.
  line.state.failure = null;
  await endAll(line, line.loop.wake("nothing_left"));
  expect(line.begun).toHaveLength(9);
});

test("who waits for the next round is done with what that claimed, whatever is due behind it", async () => {
  const line = aLoop({ concurrency: 1 });
  line.waiting.push(...workspaces(2));
  const over = line.loop.wake("next_round");
  await expect.poll(() => line.held.size).toBe(1);
  line.end("w0000");
  await over;
  await expect.poll(() => line.held.size).toBe(1);
  await endAll(line, line.loop.idle());
  expect(line.begun).toEqual(["w0000", "w0001"]);
});

test("who comes while it works is served by the same loop, and waits for nobody's work that it did not ask for", async () => {
  const line = aLoop({ concurrency: 2 });
  line.waiting.push("a");
  const first = line.loop.wake("nothing_left");
  await expect.poll(() => line.held.size).toBe(1);
  line.waiting.push("b");
  const second = line.loop.wake("nothing_left");
  await expect.poll(() => line.held.size).toBe(2);
  line.end("b");
  await second;
  expect([...line.held.keys()]).toEqual(["a"]);
  await endAll(line, first);
});
