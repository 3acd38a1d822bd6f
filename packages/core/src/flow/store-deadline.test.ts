import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Session } from "../ports/store/session.ts";
import type { Store } from "../ports/store/store.ts";
import { storeWithDeadline } from "./store-deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => {});
const silentSession: Session = { read: never, byToken: never, claim: never, write: never };
/** A database whose connection died without a word. */
const silent: Store<string> = {
  auto: silentSession,
  own: never,
  within: () => silentSession,
  lists: {
    answer: never,
    answers: never,
    journal: never,
    history: never,
    events: never,
    failed: never,
    ticketsOf: never,
    suppressed: never,
  },
  counts: never,
  parts: never,
  recount: never,
  backlog: never,
  keepHouse: never,
  prune: never,
};
const now = new Date();
const window = { from: now, until: now };
const claim = { kind: "ticket", now, leaseForMs: 1_000, limit: 1, after: null } as const;
const page = { limit: 1, cursor: null };
const ticket = { workspaceId: "acme", ticketId: "T1" };
const { signal } = new AbortController();

const calls: readonly (readonly [name: string, call: (store: Store<string>) => Promise<unknown>])[] = [
  ["read", ({ auto }) => auto.read([])],
  ["byToken", ({ auto }) => auto.byToken("hash")],
  ["claim", ({ auto }) => auto.claim(claim)],
  ["write", ({ auto }) => auto.write([])],
  ["own", (store) => store.own((session) => session.read([]))],
  ["lists.answer", ({ lists }) => lists.answer(ticket)],
  ["lists.answers", ({ lists }) => lists.answers({ workspaceId: "acme", window, ...page })],
  ["lists.journal", ({ lists }) => lists.journal(ticket)],
  ["lists.history", ({ lists }) => lists.history({ workspaceId: "acme", window, ...page })],
  ["lists.events", ({ lists }) => lists.events("acme", { dead: false, ...page })],
  ["lists.failed", ({ lists }) => lists.failed({ workspaceId: "acme", since: null, reasons: [], ...page })],
  ["lists.ticketsOf", ({ lists }) => lists.ticketsOf("acme", { customer: "ann", ...page })],
  ["lists.suppressed", ({ lists }) => lists.suppressed("acme", page)],
  ["counts", (store) => store.counts({ workspaceId: "acme", current: window, previous: window })],
  ["parts", (store) => store.parts({ workspaceId: "acme", window, prefix: "" })],
  ["backlog", (store) => store.backlog(now)],
  ["prune", (store) => store.prune({ comments: now, journal: now, events: now, tokens: now, limit: 1 })],
];

/** How the call stands after that long: undefined while it waits. */
async function errorAfter(ms: number, call: Promise<unknown>): Promise<unknown> {
  let error: unknown;
  call.catch((thrown: unknown) => {
    error = thrown;
  });
  await vi.advanceTimersByTimeAsync(ms);
  return error;
}

const failed = { code: "storage_failed", message: expect.stringContaining("did not answer within 30 s") };

test.each(calls)("%s of a silent database fails after its time, and not before", async (_name, call) => {
  const running = call(storeWithDeadline(silent, 30_000));
  expect(await errorAfter(29_999, running)).toBe(undefined);
  expect(await errorAfter(1, running)).toMatchObject(failed);
});

test.each([
  ["recount", (store: Store<string>) => store.recount("acme")],
  ["keepHouse", (store: Store<string>) => store.keepHouse(now, signal)],
] as const)("%s, which is many statements, has 20 times that, and ends too", async (_name, call) => {
  const running = call(storeWithDeadline(silent, 30_000));
  expect(await errorAfter(599_999, running)).toBe(undefined);
  expect(await errorAfter(30_001, running)).toMatchObject({ code: "storage_failed" });
});

test("housekeeping is told to stop and may end its statement", async () => {
  const stopping = new AbortController();
  let end = () => {};
  const told: boolean[] = [];
  const keepHouse: typeof silent.keepHouse = (_now, ending) =>
    new Promise((resolve) => {
      end = () => {
        told.push(ending.aborted);
        resolve();
      };
    });
  const store = storeWithDeadline({ ...silent, keepHouse }, 30_000);
  const kept = store.keepHouse(now, stopping.signal).then(() => "kept");
  stopping.abort();
  await vi.advanceTimersByTimeAsync(20_000);
  end();
  expect([await kept, ...told]).toEqual(["kept", true]);
});

test("inside the host's transaction nothing has a deadline: the host ends it", async () => {
  expect(storeWithDeadline(silent, 30_000).within("tx")).toBe(silentSession);
});

test("what is answered in time comes through, errors included, and no timer stays", async () => {
  const store = storeWithDeadline(
    {
      ...silent,
      auto: { ...silentSession, read: async () => [], byToken: () => Promise.reject(new Error("refused")) },
    },
    30_000,
  );
  expect(await store.auto.read([])).toEqual([]);
  await expect(store.auto.byToken("hash")).rejects.toThrow("refused");
  expect(vi.getTimerCount()).toBe(0);
});
