import type { Json, Lists, Session, Store } from "@csat/core";
import type { PlantedFault } from "./planted-fault.ts";

type StoreFault = PlantedFault<Store<unknown>>;

/** The store with some methods of every session replaced. */
function session(change: (session: Session) => Partial<Session>): StoreFault["plant"] {
  const changed = (one: Session): Session => ({ ...one, ...change(one) });
  return (store) => ({
    ...store,
    auto: changed(store.auto),
    own: (work) => store.own((one) => work(changed(one))),
    within: (tx) => changed(store.within(tx)),
  });
}

/** The store with some of its lists replaced. */
function lists(change: (lists: Lists) => Partial<Lists>): StoreFault["plant"] {
  return (store) => ({ ...store, lists: { ...store.lists, ...change(store.lists) } });
}

/** Mistakes with versions and what stands beside records. */
export const writingFaults: readonly StoreFault[] = [
  {
    title: "outcomes come back in another order than the changes",
    caughtBy: "write/outcomes-in-order",
    plant: session(({ write }) => ({ write: async (changes) => (await write(changes)).toReversed() })),
  },
  {
    title: "a version is looked at before the write, not while",
    caughtBy: "write/race/one-of-many-wins",
    plant: session(({ read, write }) => ({
      write: async (changes) => {
        const before = await read(changes.flatMap(({ heads }) => heads.map(({ key }) => key)));
        const outcomes = await write(changes);
        return outcomes.map((outcome, place) => {
          const head = changes[place]?.heads[0];
          const looked = before.find(({ key }) => key.id === head?.key.id)?.version;
          return outcome === "conflict" && looked === head?.expected ? "written" : outcome;
        });
      },
    })),
  },
  {
    title: "a transaction is only a series of writes",
    caughtBy: "transactions/own/rollback",
    plant: (store) => ({ ...store, own: (work) => work(store.auto) }),
  },
  {
    title: "fields of a document that are null are left out",
    caughtBy: "values/documents",
    plant: session(({ write }) => ({
      write: (changes) =>
        write(
          changes.map((change) => ({
            ...change,
            heads: change.heads.map((head) => ({ ...head, state: withoutNulls(head.state) })),
          })),
        ),
    })),
  },
  {
    title: "comments are trimmed",
    caughtBy: "values/comments-and-names",
    plant: session(({ write }) => ({
      write: (changes) =>
        write(
          changes.map((change) =>
            change.answer?.kind === "put"
              ? { ...change, answer: { ...change.answer, comment: change.answer.comment?.trim() ?? null } }
              : change,
          ),
        ),
    })),
  },
  {
    title: "forgetting forgets nothing",
    caughtBy: "forget/all-of-the-ticket",
    plant: session(({ write }) => ({
      write: (changes) =>
        write(
          changes.map((change) => {
            const { forget, ...kept } = change;
            return forget === undefined ? change : kept;
          }),
        ),
    })),
  },
  {
    title: "what follows the first thousand is not written",
    caughtBy: "read/two-thousand-keys",
    plant: session(({ read }) => ({ read: (keys) => read(keys.slice(0, 1000)) })),
  },
];

/** Mistakes with due work. */
export const claimingFaults: readonly StoreFault[] = [
  {
    title: "claims at the same moment get the same records",
    caughtBy: "claim/race/one-record",
    plant: session(({ claim }) => {
      let underWay: ReturnType<typeof claim> | undefined;
      return {
        claim: (ask) => {
          underWay ??= claim(ask).finally(() => {
            underWay = undefined;
          });
          return underWay;
        },
      };
    }),
  },
  {
    title: "leases never end",
    caughtBy: "lease/ends-by-the-database-clock",
    plant: session(({ claim }) => ({ claim: (ask) => claim({ ...ask, leaseForMs: 10_000_000 }) })),
  },
  {
    title: "every round begins with the first workspace",
    caughtBy: "claim/turns/behind-the-last",
    plant: session(({ claim }) => ({ claim: (ask) => claim({ ...ask, after: null }) })),
  },
  {
    title: "workspaces are left out of what was claimed, not of the claim",
    caughtBy: "claim/turns/left-out-workspaces",
    plant: session(({ claim }) => ({
      claim: async ({ exceptWorkspaces = [], ...ask }) =>
        (await claim(ask)).filter(({ head }) => !exceptWorkspaces.includes(head.key.workspaceId)),
    })),
  },
  {
    title: "due times lose their milliseconds",
    caughtBy: "claim/due-from-its-time-on",
    plant: session(({ claim }) => ({
      claim: (ask) => claim({ ...ask, now: new Date(Math.ceil(ask.now.getTime() / 1000) * 1000) }),
    })),
  },
  {
    title: "due work is counted whenever it is due",
    caughtBy: "backlog/due-and-given-up",
    plant: (store) => ({ ...store, backlog: () => store.backlog(new Date("2100-01-01T00:00:00.000Z")) }),
  },
];

/** Mistakes with lists and counts. */
export const listingFaults: readonly StoreFault[] = [
  {
    title: "a malformed cursor starts at the first page",
    caughtBy: "pages/events/invented-cursors",
    plant: lists(({ events }) => ({
      events: (workspaceId, query) =>
        events(workspaceId, query).catch(() => events(workspaceId, { ...query, cursor: null })),
    })),
  },
  {
    title: "pages go on at the last time shown, and lose answers of that time",
    caughtBy: "pages/answers/every-row-once",
    plant: lists(({ answers }) => ({
      answers: async (query) => {
        const page = await answers(query);
        const times = new Set(page.items.map(({ respondedAt }) => respondedAt.getTime()));
        return { ...page, items: page.items.slice(0, times.size) };
      },
    })),
  },
  {
    title: "the journal is told backwards",
    caughtBy: "journal/oldest-first",
    plant: lists(({ journal }) => ({ journal: async (ref) => (await journal(ref)).toReversed() })),
  },
  {
    title: "a window includes the day it ends at",
    caughtBy: "counts/half-open-windows",
    plant: (store) => ({
      ...store,
      counts: ({ current, ...query }) =>
        store.counts({ ...query, current: { ...current, until: new Date(current.until.getTime() + 1) } }),
    }),
  },
  {
    title: "the Unattributed filter counts everything",
    caughtBy: "counts/one-resolver",
    plant: (store) => ({
      ...store,
      counts: ({ resolvedBy, ...query }) =>
        store.counts(resolvedBy == null ? query : { ...query, resolvedBy }),
    }),
  },
  {
    title: "a recount tells of nothing",
    caughtBy: "recount/finds-and-mends",
    plant: (store) => ({
      ...store,
      recount: async (workspaceId) => {
        await store.recount(workspaceId);
        return [];
      },
    }),
  },
];

function withoutNulls(state: Json): Json {
  if (typeof state !== "object" || state === null) return state;
  if (Array.isArray(state)) return state.map(withoutNulls);
  const fields = Object.entries(state).filter(([, value]) => value !== null);
  return Object.fromEntries(fields.map(([name, value]) => [name, withoutNulls(value ?? null)]));
}
