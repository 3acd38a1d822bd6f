import { expect, test } from "vitest";
import { minute, now } from "../../test/transition/words.ts";
import type { Left } from "../policy/transition/left.ts";
import type { Resolved } from "../policy/transition/resolved.ts";
import type { Change, WriteOutcome } from "../ports/store/change.ts";
import type { Head } from "../ports/store/head.ts";
import type { ReadKey, Session } from "../ports/store/session.ts";
import type { Store } from "../ports/store/store.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Known, Planned } from "./ticket-change.ts";

type Event = Resolved | Left;

/** A store that notes who asked it for what, and answers writes as it is told. */
function aStore(...answers: readonly (readonly WriteOutcome[])[]) {
  const told: string[] = [];
  const written: (readonly Change[])[] = [];
  const left = [...answers];
  const nameOf = ({ kind, id, lock }: ReadKey) => `${id || kind}${lock === true ? "!" : ""}`;
  const session = (where: string): Session => ({
    read: async (keys) => {
      told.push(`${where} reads ${keys.map(nameOf).join(" ")}`);
      return keys.map(({ kind, workspaceId, id }) => ({
        key: { kind, workspaceId, id },
        version: 0,
        state: null,
      }));
    },
    byToken: async () => null,
    claim: async () => [],
    write: async (changes) => {
      told.push(`${where} writes ${changes.map(({ heads }) => heads[0]?.key.id).join(" ")}`);
      written.push(changes);
      return left.shift() ?? changes.map(() => "written");
    },
  });
  const store = {
    auto: session("auto"),
    own: async (work: (session: Session) => Promise<unknown>) => work(session("own")),
    within: () => session("host"),
  } as unknown as Store<string>; // Nothing else of a store takes part.
  return { store, told, written };
}

function resolved(ticketId: string, at = 0, rest: Partial<Planned<Event>> = {}): Planned<Event> {
  const event: Resolved = {
    kind: "resolved",
    at: minute(at),
    actorId: "ada",
    decision: { kind: "arm", dueAt: minute(at + 60) },
    sample: null,
    surveyId: "srv_1",
    trace: null,
    now,
  };
  return { ref: { workspaceId: "acme", ticketId }, event: () => event, ...rest };
}

function reopened(ticketId: string, at: number): Planned<Event> {
  const event: Left = { kind: "left", at: minute(at), reason: "reopened", now };
  return { ref: { workspaceId: "acme", ticketId }, event: () => event };
}

const kinds = (changed: readonly { readonly outcome: { readonly kind: string } }[]) =>
  changed.map(({ outcome }) => outcome.kind);

test("what meets no conflict is read once and written once, however many tickets, in key order", async () => {
  // S15, S57
  const { store, told } = aStore();
  const plans = [resolved("T2"), resolved("T10"), resolved("T1")];
  const changed = await changeTickets({ store, plans, now });
  expect(told).toEqual(["auto reads T1 T10 T2", "auto writes T1 T10 T2"]);
  expect(kinds(changed)).toEqual(["scheduled", "scheduled", "scheduled"]);
});

test("what somebody else wrote meanwhile is read again under a lock, and nothing else", async () => {
  // S24, S57
  const { store, told } = aStore(["written", "conflict", "written"]);
  const changed = await changeTickets({ store, plans: ["T1", "T2", "T3"].map((id) => resolved(id)), now });
  expect(told).toEqual(["auto reads T1 T2 T3", "auto writes T1 T2 T3", "own reads T2!", "own writes T2"]);
  expect(kinds(changed)).toEqual(["scheduled", "scheduled", "scheduled"]);
});

test("there is no third try: a store that does not keep its locks is told so", async () => {
  const { store, told } = aStore(["conflict"], ["conflict"]);
  await expect(changeTickets({ store, plans: [resolved("T1")], now })).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("does not keep its locks"),
  });
  expect(told).toHaveLength(4);
});

test("a worker that lost its lease is told so, and nobody tries again", async () => {
  // S10
  const { store, told } = aStore(["lost_lease"]);
  const lease = { id: "A", extendMs: null };
  expect(kinds(await changeTickets({ store, plans: [resolved("T1", 0, { lease })], now }))).toEqual(["lost"]);
  expect(told).toHaveLength(2);
});

test("in the host's transaction one ticket is read without a lock, several under locks, and a conflict is read again there", async () => {
  // S57
  const one = aStore(["conflict"]);
  await changeTickets({ store: one.store, plans: [resolved("T1")], now, tx: "the host's" });
  expect(one.told).toEqual(["host reads T1", "host writes T1", "host reads T1!", "host writes T1"]);
  const two = aStore();
  await changeTickets({ store: two.store, plans: [resolved("T1"), resolved("T2")], now, tx: "the host's" });
  expect(two.told).toEqual(["host reads T1! T2!", "host writes T1 T2"]);
});

test("events of one ticket are one change: told in their order, each with its own outcome", async () => {
  // S15
  const { store, written } = aStore();
  const plans = [resolved("T1", 0), reopened("T1", 5), resolved("T1", 10), resolved("T1", 10)];
  const changed = await changeTickets<string, Event>({ store, plans, now });
  expect(kinds(changed)).toEqual(["scheduled", "canceled", "scheduled", "not_surveyed"]);
  const [[change] = []] = written;
  expect(change?.journal?.map(({ event }) => event)).toEqual([
    "resolved",
    "scheduled",
    "left",
    "canceled",
    "resolved",
    "scheduled",
  ]);
  expect(change?.heads).toMatchObject([{ expected: 0, due: { kind: "waiting", wakeAt: minute(70) } }]);
});

test("an event that changes nothing and tells nothing is not written", async () => {
  const first = aStore();
  const [known] = await changeTickets({ store: first.store, plans: [resolved("T1")], now });
  const again = aStore();
  const plans = [resolved("T1", 0, known === undefined ? {} : { known: known.head })];
  expect(kinds(await changeTickets({ store: again.store, plans, now }))).toEqual(["not_surveyed"]);
  expect(again.told).toEqual([]);
});

test("a ticket that was read before is not read again, unless somebody wrote it meanwhile", async () => {
  const known: Head = { key: { kind: "ticket", workspaceId: "acme", id: "T1" }, version: 0, state: null };
  const { store, told } = aStore(["conflict"]);
  await changeTickets({ store, plans: [resolved("T1", 0, { known })], now });
  expect(told).toEqual(["auto writes T1", "own reads T1!", "own writes T1"]);
});

test("settings are read along with the tickets, once per workspace, and again on the second try", async () => {
  const { store, told } = aStore(["conflict"]);
  const seen: boolean[] = [];
  const withSettings = (ticketId: string): Planned<Event> => {
    const plan = resolved(ticketId);
    const event = (known: Known) => {
      seen.push(known.settings.enabled);
      return plan.event(known);
    };
    return { ...plan, event };
  };
  await changeTickets({ store, plans: [withSettings("T1")], withSettings: true, now });
  expect(told).toEqual([
    "auto reads T1 workspace",
    "auto writes T1",
    "own reads T1! workspace",
    "own writes T1",
  ]);
  expect(seen).toEqual([false, false]);
});

test("2,001 tickets are written a thousand at a time, and answered in the order of the events", async () => {
  const { store, written } = aStore();
  const ids = Array.from({ length: 2_001 }, (_, place) => `T${String(place).padStart(4, "0")}`);
  const changed = await changeTickets({
    store,
    plans: ids.toReversed().map((id) => resolved(id)),
    now,
  });
  expect(written.map((changes) => changes.length)).toEqual([1_000, 1_000, 1]);
  expect(changed.map(({ head }) => head.key.id)).toEqual(ids.toReversed());
});
