import type { Change, Key, Session, Store, WriteOutcome } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, inKeyOrder, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { mustWrite } from "../steps.ts";

const workspaceId = "acme";
const tickets = someKeys(300, { workspaceId });
const customers = someKeys(300, { kind: "customer", workspaceId });

/**
 * A change per ticket, each with a customer: the tickets in their order, the customers in theirs or the other way round.
 * A store that locked change by change would lock the customers of two such writes in opposite orders.
 */
function withCustomers({
  isReversed,
  expected,
}: {
  readonly isReversed: boolean;
  readonly expected: number;
}) {
  const beside = isReversed ? customers.toReversed() : customers;
  return tickets.map((ticket, place): Change => {
    const name = isReversed ? `${ticket.id} again` : ticket.id;
    return aChange([
      aHead({ ...ticket, id: name }, { expected, state: place }),
      aHead(beside[place] ?? aKey(), { expected, state: place }),
    ]);
  });
}

/** Writes both at the same moment, through two handles, again and again. */
async function meet(
  stores: readonly Store<unknown>[],
  work: (store: Store<unknown>, place: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < 5; round++) await Promise.all(stores.map(work));
}

/** Hundreds of records that two writers want at once. */
export const locksInBulkCases: readonly StorageCase[] = [
  {
    // S57
    id: "locks/bulk/stored-records-in-opposite-orders",
    rule: "Two transactions that write hundreds of tickets, with the same customers in opposite orders, never deadlock.",
    async run({ storage, otherProcess }) {
      for (const isReversed of [false, true]) {
        const changes = withCustomers({ isReversed, expected: 0 });
        const heads = isReversed
          ? changes.map((change) => change.heads.slice(0, 1))
          : changes.map(({ heads }) => heads);
        await mustWrite(storage.auto, ...heads.map((those) => aChange(those)));
      }
      let runs = 0;
      const write = (store: Store<unknown>, isReversed: boolean) =>
        store.own(async (session) => {
          runs += 1;
          await session.write(withCustomers({ isReversed, expected: 1 }));
        });
      // Both get as far as the customer in the middle, which somebody holds: what was locked out of order is locked by then.
      await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => session.read([{ ...(customers[150] ?? aKey()), lock: true }]),
        meanwhile: () => Promise.all([write(storage, false), write(otherProcess, true)]),
        after: async (session) => {
          for (let reads = 0; reads < 200; reads++) await session.byToken("nobody's");
        },
      });
      expectEqual(runs, 2, "runs of two transactions of which none is a victim");
    },
  },
  {
    id: "locks/bulk/new-records-in-opposite-orders",
    rule: "Two writes that store the same hundreds of customers, in opposite orders, end without an error, and each customer is stored once.",
    async run({ storage, otherProcess }) {
      const outcomes = await Promise.all(
        [storage, otherProcess].map((store, place) =>
          store.auto.write(withCustomers({ isReversed: place === 1, expected: 0 })),
        ),
      );
      const written = outcomes.flat().filter((outcome) => outcome === "written").length;
      expectTrue(written <= customers.length, "no customer is stored by two changes");
      const heads = await storage.auto.read(customers);
      const isStored = heads.filter(({ version }) => version === 1).length;
      expectEqual(isStored, written, "customers stored, as many as changes were written");
    },
  },
  {
    id: "locks/bulk/locking-reads-of-absent-records",
    rule: "Transactions that lock and store hundreds of overlapping new records never deadlock, and what was locked is written.",
    async run({ storage, otherProcess }) {
      const keys = inKeyOrder([...tickets, ...customers]);
      const parts = [keys.slice(0, 450), keys.slice(150)];
      let runs = 0;
      await meet([storage, otherProcess], (store, place) =>
        store.own(async (session) => {
          runs += 1;
          await nextVersions(session, parts[place] ?? []);
        }),
      );
      expectEqual(runs, 10, "runs of ten transactions of which none is a victim");
      const versions = (await storage.auto.read(keys)).map(({ version }) => version);
      const wanted = keys.map((_, place) => (place < 150 || place >= 450 ? 5 : 10));
      expectEqual(versions, wanted, "versions: one for every transaction that wrote the record");
    },
  },
  {
    id: "locks/bulk/writes-without-transactions",
    rule: "Four bulk writes at once of the same hundreds of records end without an error, and every record is written by one of them at most.",
    async run({ storage, otherProcess }) {
      await mustWrite(storage.auto, ...tickets.map((key) => aChange([aHead(key)])));
      const write = (store: Store<unknown>): Promise<readonly WriteOutcome[]> =>
        store.auto.write(tickets.map((key) => aChange([aHead(key, { expected: 1 })])));
      const outcomes = await Promise.all([storage, otherProcess, storage, otherProcess].map(write));
      const heads = await storage.auto.read(tickets);
      for (const [place, { version }] of heads.entries()) {
        const winners = outcomes.filter((those) => those[place] === "written").length;
        expectEqual(version, 1 + winners, `the version of ticket ${place}`);
        expectTrue(winners <= 1, `ticket ${place} is written once at most`);
      }
    },
  },
];

async function nextVersions(session: Session, keys: readonly Key[]): Promise<void> {
  const heads = await session.read(keys.map((key) => ({ ...key, lock: true as const })));
  await mustWrite(session, ...heads.map(({ key, version }) => aChange([aHead(key, { expected: version })])));
}
