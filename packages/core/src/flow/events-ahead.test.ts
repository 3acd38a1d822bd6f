import { afterEach, expect, test, vi } from "vitest";
import { minute } from "../../test/transition/words.ts";
import type { Change } from "../ports/store/change.ts";
import type { Claimed } from "../ports/store/session.ts";
import type { Context } from "./context.ts";
import { eventRaised } from "./event-document.ts";
import { eventsAhead } from "./events-ahead.ts";

afterEach(() => vi.restoreAllMocks());

/** Events that wait for places which the test gives; each ends when the test lets it. */
function aWait({ most = 100, failure = null as Error | null } = {}) {
  const elapsed = { ms: 0 };
  vi.spyOn(performance, "now").mockImplementation(() => elapsed.ms);
  const places = { free: 0, full: "" };
  const written: Change[] = [];
  const warned: unknown[] = [];
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const context = {
    leaseForMs: 60_000,
    clock: { now: () => minute(90) },
    logger: { warn: (_fields: object, text: string) => warned.push(text) },
    storage: {
      auto: {
        write: async (changes: readonly Change[]) => {
          if (failure !== null) throw failure;
          written.push(...changes);
          return changes.map(() => "written");
        },
      },
    },
  } as unknown as Context<never>; // What is asked of it is there.
  const ahead = eventsAhead(context, {
    most,
    hasPlace: () => places.free > 0,
    mayHave: (workspaceId) => workspaceId !== places.full,
    begin: ({ claimed }) => {
      places.free -= 1;
      begun.push(claimed.head.key.id);
      return new Promise<void>((resolve) => {
        ends.push(() => resolve());
      });
    },
  });
  const add = (ids: readonly string[], workspaceId = "acme") =>
    ahead.add(ids.map((id) => ({ claimed: claimedEvent(workspaceId, id), askedAt: elapsed.ms })));
  const endAll = async (works: readonly Promise<unknown>[]) => {
    for (const end of ends.splice(0)) end();
    await Promise.all(works);
  };
  return { ahead, add, elapsed, places, begun, written, warned, endAll };
}

function claimedEvent(workspaceId: string, id: string): Claimed {
  const data = { ticketId: "T1", rating: 5, comment: null, respondedAt: minute(60).toISOString() } as const;
  const facts = { type: "ticket.csat_received", data } as const;
  const { key, state } = eventRaised({ workspaceId, id, facts, now: minute(60) });
  return {
    head: { key, version: 1, state },
    leaseId: `lease of ${id}`,
    resumed: false,
    due: { kind: "waiting", wakeAt: minute(60), firstDueAt: minute(60) },
  };
}

test("events wait for a place in the order of their claims, but for a workspace that has enough under way", async () => {
  const { ahead, add, places, begun, endAll } = aWait();
  const works = [...add(["a", "b"]), ...add(["c"], "globex")];
  expect(begun).toEqual([]);
  expect([ahead.size(), ahead.size("globex")]).toEqual([3, 1]);
  Object.assign(places, { free: 1, full: "acme" });
  ahead.goOn();
  expect(begun).toEqual(["c"]);
  Object.assign(places, { free: 2, full: "" });
  ahead.goOn();
  expect(begun).toEqual(["c", "a", "b"]);
  await endAll(works);
});

test("as many are claimed ahead as were delivered in a tenth of a second, and none while receivers are slow", async () => {
  const { ahead, add, elapsed, places, endAll } = aWait({ most: 30 });
  const deliver = async (count: number, ms: number) => {
    places.free = count;
    const works = add(Array.from({ length: count }, (_, place) => `event-${place}`));
    elapsed.ms += ms;
    await endAll(works);
    void add([]);
    return ahead.spare();
  };
  expect(ahead.spare()).toBe(0);
  expect(await deliver(10, 100)).toBe(10);
  expect(await deliver(10, 25)).toBe(30);
  expect(await deliver(10, 10_000)).toBe(0);
});

test("what waited for a tenth of its lease is given back: its attempt is to have most of the lease", async () => {
  const { ahead, add, elapsed, places, begun, written } = aWait();
  const works = add(["a"]);
  elapsed.ms = 6_001;
  void add(["b"]);
  places.free = 2;
  ahead.goOn();
  expect(begun).toEqual(["b"]);
  await Promise.all(works);
  expect(written).toMatchObject([
    { heads: [{ key: { id: "a" }, expected: 1, lease: { id: "lease of a", extendMs: 0 } }] },
  ]);
  expect(written[0]?.heads[0]).not.toHaveProperty("due");
});

test("what still waits at the end is given back at once, and a storage that refuses keeps nobody waiting", async () => {
  for (const failure of [null, new Error("the storage is down")]) {
    const { ahead, add, written, warned } = aWait({ failure });
    const works = add(["b", "a"]);
    await ahead.giveBack();
    await Promise.all(works);
    expect(written.map(({ heads: [head] }) => head?.key.id)).toEqual(failure === null ? ["a", "b"] : []);
    expect(warned).toHaveLength(failure === null ? 0 : 1);
    expect(ahead.size()).toBe(0);
  }
});
