import { CsatError } from "../errors.ts";
import type { CustomerState } from "../policy/ask/customer-state.ts";
import type { Head } from "../ports/store/head.ts";
import type { Session } from "../ports/store/session.ts";
import type { Context } from "./context.ts";
import { customerChange, customerHeadKey, fromCustomerDocument, readCustomers } from "./customer-document.ts";
import { eachAlone } from "./write-together.ts";

/** Whose records are changed, and how. `change` answers the very record where nothing changes; it may run again. */
export interface ChangeCustomers<Tx> {
  readonly workspaceId: string;
  readonly keys: readonly string[];
  /** True to change also the records that these name: the other keys by which the same customer is known. */
  readonly withOthers: boolean;
  readonly change: (record: CustomerState, key: string) => CustomerState;
  readonly tx?: Tx | undefined;
}

// A call of a store takes 2,000 keys; each customer may be known by ten others.
const mostKeys = 2_000;

/** The other keys by which these customers are known, by each of their keys. */
export async function otherKeys(
  session: Session,
  { workspaceId, keys }: { readonly workspaceId: string; readonly keys: readonly string[] },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const others = new Map<string, readonly string[]>();
  for (let at = 0; at < keys.length; at += mostKeys) {
    const some = keys.slice(at, at + mostKeys).map((key) => customerHeadKey(workspaceId, key));
    for (const head of await readCustomers(session, { keys: some }))
      others.set(head.key.id, fromCustomerDocument(head).alsoKnownAs);
  }
  return others;
}

/** The same customers under all keys that are known of them. */
export async function knownKeys(
  session: Session,
  of: { readonly workspaceId: string; readonly keys: readonly string[] },
): Promise<readonly string[]> {
  return [...new Set([...of.keys, ...[...(await otherKeys(session, of)).values()].flat()])];
}

/**
 * Changes records of customers under their locks, 2,000 in a transaction. Answers the keys of those that changed.
 * @throws CsatError `storage_failed`
 */
export async function changeCustomers<Tx>(
  { storage }: Pick<Context<Tx>, "storage">,
  { workspaceId, keys: named, withOthers, change, tx }: ChangeCustomers<Tx>,
): Promise<readonly string[]> {
  const reading = tx === undefined ? storage.auto : storage.within(tx);
  const keys = withOthers ? await knownKeys(reading, { workspaceId, keys: named }) : named;
  const changed: string[] = [];
  for (let at = 0; at < keys.length; at += mostKeys) {
    const some = keys.slice(at, at + mostKeys);
    const work = (session: Session) => changeLocked(session, { workspaceId, keys: some, change });
    changed.push(...(await (tx === undefined ? storage.own(work) : work(reading))));
  }
  return changed;
}

async function changeLocked(
  session: Session,
  { workspaceId, keys, change }: Pick<ChangeCustomers<never>, "workspaceId" | "keys" | "change">,
): Promise<readonly string[]> {
  const asked = keys.map((key) => customerHeadKey(workspaceId, key));
  const heads = await readCustomers(session, { keys: asked, lock: true });
  const changes = heads.flatMap((head: Head) => {
    const record = fromCustomerDocument(head);
    const next = change(record, head.key.id);
    return next === record ? [] : [customerChange(head, next)];
  });
  if (changes.length === 0) return [];
  const outcomes = await session.write(eachAlone(changes));
  if (outcomes.some((outcome) => outcome !== "written"))
    throw new CsatError(
      "storage_failed",
      `Records of customers of workspace ${workspaceId} were changed under our lock: the store does not keep its locks. Nothing of it was written; tell the adapter's author.`,
    );
  return changes.map(({ key }) => key.id);
}
