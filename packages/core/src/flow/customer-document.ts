import * as z from "zod/mini";
import { CsatError } from "../errors.ts";
import { type CustomerState, nobodyAsked } from "../policy/ask/customer-state.ts";
import { suppressedAt } from "../policy/ask/suppression.ts";
import type { Recipient } from "../policy/transition/ticket-state.ts";
import type { Head, HeadChange, Json, Key } from "../ports/store/head.ts";
import type { Session } from "../ports/store/session.ts";
import { compareText } from "../survey/compare-text.ts";

// Rises when an older release could not read the document any more.
const documentVersion = 1;

const date = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => new Date(text)),
);
const moment = z._default(z.nullable(z.looseObject({ at: date, ticketId: z.string() })), null);
const suppression = z.optional(
  z.looseObject({ at: date, actorId: z._default(z.nullable(z.string()), null) }),
);

// Loose: what a newer release wrote beside is kept.
const document = z.looseObject({
  v: z.literal(documentVersion),
  asked: moment,
  answered: moment,
  reserved: moment,
  alsoKnownAs: z._default(z.array(z.string()), []),
  keyOf: z._default(z.nullable(z.enum(["id", "address"])), null),
  suppressed: z._default(
    z.looseObject({
      opted_out: suppression,
      bounced: suppression,
      complained: suppression,
      by_hand: suppression,
    }),
    {},
  ),
  consent: z._default(z.nullable(z.looseObject({ givenAt: date, at: date, actorId: z.string() })), null),
  erasedAt: z._default(z.nullable(date), null),
});

/** The key of the record of a customer that `customerKeys` named. */
export function customerHeadKey(workspaceId: string, customer: string): Key {
  return { kind: "customer", workspaceId, id: customer };
}

/** The record as a store is to write it. */
export function customerChange({ key, version: expected }: Head, state: CustomerState): HeadChange {
  const cells = { kind: "customer", suppressedAt: suppressedAt(state.suppressed) } as const;
  return { key, expected, state: toCustomerDocument(state), cells };
}

/** The state as a store keeps it: nothing is written that says nothing. */
function toCustomerDocument(state: CustomerState): Json {
  const said: [string, Json][] = [["v", documentVersion]];
  for (const [name, value] of Object.entries(state)) {
    const isEmpty = typeof value === "object" && Object.keys(value ?? {}).length === 0;
    if (value === null || (isEmpty && !(value instanceof Date))) continue;
    // Dates become text; all else is JSON, a newer release's own too.
    said.push([name, JSON.parse(JSON.stringify(value)) as Json]);
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
    const { v: _version, suppressed, ...customer } = read.data;
    return { ...customer, suppressed: said(suppressed) };
  }
  throw new CsatError(
    "storage_failed",
    `A customer's stored document cannot be read (workspace ${head.key.workspaceId}): a newer release wrote it, or something else did. Update this process.`,
  );
}

/** Without the reasons that are not there. What a newer release knows besides stands as it does. */
function said(suppressed: Readonly<Record<string, unknown>>): CustomerState["suppressed"] {
  return Object.fromEntries(Object.entries(suppressed).filter(([, since]) => since !== undefined));
}

/** What is known of a customer by these keys, that of the id first. Read together with what others ask for in the same moment. */
export async function knownCustomers(
  facts: { readonly customer: (key: Key) => Promise<Head> },
  {
    workspaceId,
    recipient: { id, address },
  }: { readonly workspaceId: string; readonly recipient: Recipient },
): Promise<readonly { readonly key: Key; readonly head: Head }[]> {
  const keys = customerHeadKeys(workspaceId, { id, address });
  return Promise.all(keys.map(async (key) => ({ key, head: await facts.customer(key) })));
}

/** The keys of a customer's records, that of the id first. */
export function customerHeadKeys(workspaceId: string, { id, address }: Recipient): readonly Key[] {
  return [id, address].filter((one) => one !== null).map((one) => customerHeadKey(workspaceId, one));
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
