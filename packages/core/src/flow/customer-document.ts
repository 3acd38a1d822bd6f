import * as z from "zod/mini";
import { CsatError } from "../errors.ts";
import { type CustomerState, nobodyAsked } from "../policy/ask/customer-state.ts";
import type { Head, Json, Key } from "../ports/store/head.ts";
import type { Session } from "../ports/store/session.ts";
import { compareText } from "../survey/compare-text.ts";

// Rises when an older release could not read the document any more.
const documentVersion = 1;

const moment = z._default(
  z.nullable(
    z.looseObject({
      at: z.pipe(
        z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
        z.transform((text) => new Date(text)),
      ),
      ticketId: z.string(),
    }),
  ),
  null,
);

// Loose: what a newer release wrote beside is kept.
const document = z.looseObject({
  v: z.literal(documentVersion),
  asked: moment,
  answered: moment,
  reserved: moment,
});

/** The key of the record of a customer that `customerKey` named. */
export function customerHeadKey(workspaceId: string, customer: string): Key {
  return { kind: "customer", workspaceId, id: customer };
}

/** The state as a store keeps it. */
export function toCustomerDocument(state: CustomerState): Json {
  const said: [string, Json][] = [["v", documentVersion]];
  for (const [name, value] of Object.entries(state)) {
    if (value === null) continue;
    const isMoment = typeof value === "object" && value.at instanceof Date;
    said.push([name, isMoment ? { ...value, at: value.at.toISOString() } : (value as Json)]); // Else a newer release's own.
  }
  return Object.fromEntries(said);
}

/**
 * The state of a stored document; what stands before a customer was asked for none.
 * @throws CsatError `storage_failed` for a document that this release cannot read
 */
export function fromCustomerDocument(head: Head): CustomerState {
  if (head.state === null) return nobodyAsked;
  const read = document.safeParse(head.state);
  if (read.success) {
    const { v: _version, ...customer } = read.data;
    return customer;
  }
  throw new CsatError(
    "storage_failed",
    `A customer's stored document cannot be read (workspace ${head.key.workspaceId}): a newer release wrote it, or something else did. Update this process.`,
  );
}

/** The records of customers, in the order of `keys`, which may repeat themselves. In a transaction `lock` locks them. */
export async function readCustomers(
  session: Session,
  { keys, lock = false }: { readonly keys: readonly Key[]; readonly lock?: boolean },
): Promise<readonly Head[]> {
  const byText = new Map(keys.map((key) => [customerText(key), key]));
  const sorted = [...byText.values()].toSorted(
    (one, other) => compareText(one.workspaceId, other.workspaceId) || compareText(one.id, other.id),
  );
  const heads = await session.read(sorted.map((key) => ({ ...key, ...(lock ? { lock } : {}) })));
  const read = new Map(heads.map((head) => [customerText(head.key), head]));
  return keys.map((key) => read.get(customerText(key)) ?? { key, version: 0, state: null });
}

/** Unambiguous, since ids hold no control characters. */
export function customerText({ workspaceId, id }: Key): string {
  return `${workspaceId}\n${id}`;
}
