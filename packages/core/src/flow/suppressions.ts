import * as z from "zod/mini";
import type {
  CustomerRef,
  ImportedSuppression,
  Lift,
  StandingSuppression,
  SuppressedCustomer,
} from "../customers.ts";
import type { ByHand } from "../in-transaction.ts";
import { alsoKnownBy, type CustomerState } from "../policy/ask/customer-state.ts";
import {
  liftedFrom,
  type SuppressionReason,
  suppressedFor,
  suppressionReasons,
} from "../policy/ask/suppression.ts";
import type { Page } from "../ports/store/lists.ts";
import { changeCustomers, knownKeys, otherKeys } from "./change-customers.ts";
import type { Context } from "./context.ts";
import { customerHeadKey, customerText, fromCustomerDocument, readCustomers } from "./customer-document.ts";
import {
  customerRefSchema,
  customerShape,
  keysOfRefs,
  namedKeys,
  namesSomebody,
  nobodyNamed,
} from "./customer-refs.ts";
import { tellChange } from "./tell-change.ts";
import { actorShape, eventTimeSchema, idSchema, pageShape, validate } from "./validate.ts";

const reasonSchema = z.enum([...suppressionReasons], `must be one of ${suppressionReasons.join(", ")}`);

/** Who is asked about, checked. */
export interface OfCustomer {
  readonly workspaceId: string;
  readonly who: CustomerRef;
}

/** @throws CsatError `invalid_input` */
export function checkedCustomer({ workspaceId, who }: OfCustomer, where: string): OfCustomer {
  return validate({
    schema: z.object({ workspaceId: idSchema, who: customerRefSchema }),
    value: { workspaceId, who },
    where,
  });
}

/** Nobody asks this customer any more. @throws CsatError `invalid_input`, `storage_failed` */
export async function suppress<Tx>(
  context: Context<Tx>,
  { by, ...of }: OfCustomer & { readonly by: ByHand<Tx> & { readonly reason?: SuppressionReason } },
): Promise<void> {
  const where = "Nobody was suppressed";
  const { workspaceId, who } = checkedCustomer(of, where);
  const schema = z.object({ ...actorShape, reason: z._default(reasonSchema, "by_hand") });
  const { actorId, reason } = validate({ schema, value: by, where });
  await suppressNamed(context, {
    workspaceId,
    refs: [{ ...who, reason, at: context.clock.now() }],
    actorId,
    tx: by.tx,
  });
}

/** A customer, and what is to stand of them since when. */
interface NamedSuppression extends CustomerRef {
  readonly reason: SuppressionReason;
  readonly at: Date;
}

/** `bounced` stands on the address alone, what else there is on every key that is known. */
export async function suppressNamed<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    refs,
    actorId,
    tx,
  }: {
    readonly workspaceId: string;
    readonly refs: readonly NamedSuppression[];
    readonly actorId: string | null;
    readonly tx?: Tx | undefined;
  },
): Promise<void> {
  const named = await keysOfRefs(context, { workspaceId, refs, tx });
  for (const withOthers of [true, false]) {
    const wanted = new Map<string, readonly NamedSuppression[]>();
    const pairs = new Map<string, Parameters<typeof alsoKnownBy>[1]>();
    for (const [place, keys] of named.entries()) {
      const ref = refs[place];
      if (ref === undefined || (ref.reason === "bounced") === withOthers) continue;
      const onKeys = namedKeys([withOthers ? keys : { ...keys, id: null }]);
      for (const key of onKeys) wanted.set(key, [...(wanted.get(key) ?? []), ref]);
      const { id, address } = keys;
      if (!withOthers || id === null || address === null) continue;
      // Named together they are one customer's: what is lifted from one of them must not stay on the other.
      pairs.set(id, { keyOf: "id", other: address });
      pairs.set(address, { keyOf: "address", other: id });
    }
    if (wanted.size === 0) continue;
    const session = tx === undefined ? context.storage.auto : context.storage.within(tx);
    const others = withOthers
      ? await otherKeys(session, { workspaceId, keys: [...wanted.keys()] })
      : new Map<string, readonly string[]>();
    // From what was named alone: whoever shares an address with somebody who shares one with the customer is another.
    for (const [key, theirs] of new Map(wanted))
      for (const other of others.get(key) ?? []) wanted.set(other, [...(wanted.get(other) ?? []), ...theirs]);
    await changeCustomers(context, {
      workspaceId,
      keys: [...wanted.keys()],
      withOthers: false,
      tx,
      change: (record, key) => {
        const pair = pairs.get(key);
        const known = pair === undefined ? record : alsoKnownBy(record, pair);
        return withAll(known, wanted.get(key) ?? [], actorId);
      },
    });
  }
}

function withAll(
  record: CustomerState,
  all: readonly NamedSuppression[],
  actorId: string | null,
): CustomerState {
  let { suppressed } = record;
  for (const { reason, at } of all) suppressed = suppressedFor(suppressed, reason, { at, actorId });
  return suppressed === record.suppressed ? record : { ...record, suppressed };
}

/** Takes one reason back. @throws CsatError `invalid_input`, `storage_failed` */
export async function lift<Tx>(
  context: Context<Tx>,
  { by, ...of }: OfCustomer & { readonly by: Lift<Tx> },
): Promise<boolean> {
  const where = "Nothing was lifted";
  const { workspaceId, who } = checkedCustomer(of, where);
  const now = context.clock.now();
  const { reason, actorId, consentGivenAt } = validate({ schema: liftSchema(now), value: by, where });
  const { tx } = by;
  const keys = namedKeys(await keysOfRefs(context, { workspaceId, refs: [who], tx }));
  const consent = consentGivenAt === undefined ? null : { givenAt: consentGivenAt, at: now, actorId };
  const changed = await changeCustomers(context, {
    workspaceId,
    keys,
    withOthers: true,
    tx,
    change: (record) => {
      const suppressed = liftedFrom(record.suppressed, reason);
      if (suppressed === record.suppressed) return record;
      return { ...record, suppressed, ...(consent === null ? {} : { consent }) };
    },
  });
  if (changed.length === 0) return false;
  // Inside the host's transaction nobody is told: it may be rolled back.
  if (tx === undefined)
    await tellChange(context, {
      kind: "suppression_lifted",
      workspaceId,
      actorId,
      at: now,
      before: reason,
      after: null,
      customers: changed,
      consentGivenAt: consentGivenAt ?? null,
    });
  return true;
}

function liftSchema(now: Date) {
  return z
    .object({ reason: reasonSchema, actorId: idSchema, consentGivenAt: z.optional(eventTimeSchema(now)) })
    .check(
      z.refine(({ reason, consentGivenAt }) => reason !== "opted_out" || consentGivenAt !== undefined, {
        path: ["consentGivenAt"],
        error: "must say when the customer agreed: only they take back that they do not want to be asked",
      }),
    );
}

/** What stands of a customer. @throws CsatError `invalid_input`, `storage_failed` */
export async function suppressionsOf<Tx>(
  context: Context<Tx>,
  of: OfCustomer,
): Promise<readonly StandingSuppression[]> {
  const { workspaceId, who } = checkedCustomer(of, "The customer is not named");
  const named = namedKeys(await keysOfRefs(context, { workspaceId, refs: [who] }));
  const { auto } = context.storage;
  const keys = (await knownKeys(auto, { workspaceId, keys: named })).map((key) =>
    customerHeadKey(workspaceId, key),
  );
  const records = (await readCustomers(auto, { keys })).map(fromCustomerDocument);
  return standing(records);
}

/** Each reason once, since it stood first. */
function standing(records: readonly CustomerState[]): readonly StandingSuppression[] {
  return suppressionReasons.flatMap((reason) => {
    const all = records.flatMap(({ suppressed }) => suppressed[reason] ?? []);
    const [first] = all.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return first === undefined ? [] : [{ reason, at: first.at, actorId: first.actorId }];
  });
}

const importsPerRound = 1_000;

/** Brings suppressions along. @throws CsatError `invalid_input`, `storage_failed` */
export async function importSuppressions<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    suppressions,
    by,
  }: {
    readonly workspaceId: string;
    readonly suppressions: readonly ImportedSuppression[];
    readonly by: { readonly actorId: string | null };
  },
): Promise<number> {
  const now = context.clock.now();
  const { address, id } = customerShape;
  const row = z
    .object({ address, id, reason: reasonSchema, at: z._default(eventTimeSchema(now), now) })
    .check(z.refine(namesSomebody, nobodyNamed));
  const checked = validate({
    schema: z.object({
      workspaceId: idSchema,
      suppressions: z.array(row, "must be a list of suppressions"),
      ...actorShape,
    }),
    value: { workspaceId, suppressions, actorId: by.actorId },
    where: "Nothing was imported",
  });
  for (let at = 0; at < checked.suppressions.length; at += importsPerRound) {
    const refs = checked.suppressions.slice(at, at + importsPerRound);
    await suppressNamed(context, { workspaceId, refs, actorId: checked.actorId });
  }
  return checked.suppressions.length;
}

/** Customers whom we do not ask. @throws CsatError `invalid_input`, `storage_failed` */
export async function listSuppressed<Tx>(
  { storage }: Context<Tx>,
  workspaceId: string,
  page: { readonly cursor?: string; readonly limit?: number } = {},
): Promise<Page<SuppressedCustomer>> {
  const { cursor, limit = 50 } = validate({
    schema: z.object({ workspaceId: idSchema, ...pageShape }),
    value: { workspaceId, ...page },
    where: "No list of customers",
  });
  const { items, nextCursor } = await storage.lists.suppressed(workspaceId, {
    limit,
    cursor: cursor ?? null,
  });
  const read = items.map((head) => ({ key: head.key.id, record: fromCustomerDocument(head) }));
  const others = read
    .flatMap(({ record }) => record.alsoKnownAs)
    .map((key) => customerHeadKey(workspaceId, key));
  const known = new Map(
    (await readCustomers(storage.auto, { keys: others })).map((head) => [
      customerText(head.key),
      fromCustomerDocument(head),
    ]),
  );
  // Whoever is known by several keys stands under one of those on which all of it stands: that of the id, which knows all
  // the others, else the smaller one.
  const isShownElsewhere = ({ key, record }: (typeof read)[number]) =>
    record.alsoKnownAs.some((other) => {
      const there = known.get(customerText(customerHeadKey(workspaceId, other)));
      if (there === undefined) return false;
      const [here, all] = [Object.keys(record.suppressed), new Set(Object.keys(there.suppressed))];
      if (!here.every((reason) => all.has(reason))) return false;
      // An address that several share stands for none of them.
      if (all.size > here.length) return record.keyOf !== "id" || there.alsoKnownAs.length === 1;
      return there.keyOf === record.keyOf ? other < key : there.keyOf === "id";
    });
  const shown = read.filter((one) => !isShownElsewhere(one));
  return {
    items: shown.map(({ key, record }) => ({ key, suppressions: standing([record]) })),
    nextCursor,
  };
}
