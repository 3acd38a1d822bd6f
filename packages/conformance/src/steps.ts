import { AssertionError } from "node:assert";
import type {
  Change,
  Claimed,
  ClaimRequest,
  Head,
  HeadChange,
  Json,
  Key,
  Session,
  Store,
  WriteOutcome,
} from "@csat/core";
import { expectEqual, expectPresent } from "./assertions.ts";
import { aChange, aHead, type Given, minute, waiting } from "./builders.ts";

/** Longer than any case runs: such a lease does not end by itself. */
const longLeaseMs = 600_000;

/** The shortest lease: it is over within a few milliseconds of the database's own clock. */
export const shortLeaseMs = 1;

/** What became of one change. */
export async function outcomeOf(session: Session, change: Change): Promise<WriteOutcome> {
  const [outcome] = await session.write([change]);
  return expectPresent(outcome, "the outcome of a write");
}

/** Writes changes that must all be written. */
export async function mustWrite(session: Session, ...changes: readonly Change[]): Promise<void> {
  const outcomes = await session.write(changes);
  expectEqual(
    outcomes,
    changes.map(() => "written" as const),
    "the outcomes of a write that meets no other",
  );
}

/** Stores a record's first version and hands back its key. */
export async function stored(
  session: Session,
  key: Key,
  given: Given<Omit<HeadChange, "key">> = {},
): Promise<Key> {
  await mustWrite(session, aChange([aHead(key, given)]));
  return key;
}

/** Writes the version that follows the one that stands. */
export async function rewritten(
  session: Session,
  key: Key,
  given: Given<Omit<HeadChange, "key" | "expected">> = {},
): Promise<void> {
  const { version, state } = await headOf(session, key);
  await mustWrite(
    session,
    aChange([aHead(key, { ...given, expected: version, state: given.state ?? state ?? {} })]),
  );
}

/** The record as it stands. */
export async function headOf(session: Session, key: Key): Promise<Head> {
  const [head] = await session.read([key]);
  return expectPresent(head, `the record of ${key.kind} ${key.id}`);
}

/** Its document as it stands; null when nothing is stored. */
export async function stateOf(session: Session, key: Key): Promise<Json | null> {
  return (await headOf(session, key)).state;
}

/** Asks for due tickets at minute 60, as many as there are, unless told otherwise. */
export function claim(session: Session, given: Given<ClaimRequest> = {}): Promise<readonly Claimed[]> {
  return session.claim({
    kind: given.kind ?? "ticket",
    now: given.now ?? minute(60),
    leaseForMs: given.leaseForMs ?? longLeaseMs,
    limit: given.limit ?? 100,
    after: given.after ?? null,
    ...(given.exceptWorkspaces === undefined ? {} : { exceptWorkspaces: given.exceptWorkspaces }),
  });
}

/** The ids of the records that such a claim leases, in its order. */
export async function claimedIds(
  session: Session,
  given: Given<ClaimRequest> = {},
): Promise<readonly string[]> {
  return (await claim(session, given)).map(({ head }) => head.key.id);
}

/** Claims what must be the one record that is due. */
export async function claimOne(session: Session, given: Given<ClaimRequest> = {}): Promise<Claimed> {
  const claimed = await claim(session, given);
  expectEqual(claimed.length, 1, "records claimed");
  return expectPresent(claimed[0], "the record that is due");
}

/** Stores a record that is due at minute 60 and claims it. Nothing else may be due. */
export async function leased(session: Session, key: Key, leaseForMs = longLeaseMs): Promise<Claimed> {
  await stored(session, key, { due: waiting() });
  return claimOne(session, { kind: key.kind, leaseForMs });
}

const tries = 20_000;

/**
 * Claims as another worker does once the leases of the first have ended. Asks again and again, since only the database
 * knows when that is; it never sleeps. In memory all its tries take less time than a lease of some length: it goes on for
 * ten times `leaseMs` at least.
 */
export async function claimOnceLeaseEnds(
  session: Session,
  given: Given<ClaimRequest> = {},
  leaseMs = shortLeaseMs,
): Promise<readonly Claimed[]> {
  const from = performance.now();
  for (let attempt = 0; attempt < tries || performance.now() - from < 10 * leaseMs; attempt++) {
    const claimed = await claim(session, given);
    if (claimed.length > 0) return claimed;
    await nextTurn();
  }
  throw new AssertionError({ message: "a short lease never ended" });
}

/** Resolves once the store counts an ended lease on a ticket. The lease stays where it is: nobody claims the row. */
export async function untilLeaseEnds(store: Store<unknown>): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const { expiredLeases } = await store.backlog(minute(60));
    if (expiredLeases > 0) return;
    await nextTurn();
  }
  throw new AssertionError({ message: `backlog never counted a lease of ${shortLeaseMs} ms as ended` });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
