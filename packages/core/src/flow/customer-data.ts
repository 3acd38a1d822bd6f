import * as z from "zod/mini";
import type { CustomerExport, CustomerRef } from "../customers.ts";
import { erasedRecord } from "../policy/ask/customer-state.ts";
import type { Head, Json } from "../ports/store/head.ts";
import type { Lists, PageRequest } from "../ports/store/lists.ts";
import type { TicketRef } from "../survey/survey.ts";
import { changeCustomers } from "./change-customers.ts";
import { ticketHeadKey } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { customerHeadKey, readCustomers } from "./customer-document.ts";
import { customerShape, keysOfRefs, namedKeys, namesSomebody, nobodyNamed } from "./customer-refs.ts";
import { eraseTickets } from "./erase-tickets.ts";
import { checkedCustomer, type OfCustomer } from "./suppressions.ts";
import { idSchema, validate } from "./validate.ts";

const perPage = 200;

/** All that is stored about a person. @throws CsatError `invalid_input`, `storage_failed` */
export async function exportCustomer<Tx>(context: Context<Tx>, of: OfCustomer): Promise<CustomerExport> {
  const { storage, clock } = context;
  const { workspaceId, who } = checkedCustomer(of, "Nothing was exported");
  const keys = namedKeys(await keysOfRefs(context, { workspaceId, refs: [who] }));
  const records = await readCustomers(storage.auto, {
    keys: keys.map((key) => customerHeadKey(workspaceId, key)),
  });
  const tickets = [];
  for (const ref of await ticketsOf(storage.lists, workspaceId, keys))
    tickets.push(await exportTicket(context, ref));
  return {
    workspaceId,
    exportedAt: clock.now().toISOString(),
    records: records.map(({ key, state }) => ({ key: key.id, record: state })),
    tickets,
  };
}

async function exportTicket<Tx>(
  { storage: { auto, lists } }: Context<Tx>,
  ref: TicketRef,
): Promise<CustomerExport["tickets"][number]> {
  const { workspaceId, ticketId } = ref;
  const [head] = await auto.read([ticketHeadKey(ref)]);
  const response = await lists.answer(ref);
  const journal = await lists.journal(ref);
  const events = await allOf<Head>((page) => lists.events(workspaceId, { ...page, dead: false, ticketId }));
  return {
    ticketId,
    record: head?.state ?? null,
    response: asJson(response),
    journal: journal.map(asJson),
    events: events.map(({ key, state }) => ({ id: key.id, record: state })),
  };
}

/** Dates as ISO 8601. */
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json; // What was made of a document is one.
}

/** Every ticket that was begun under one of these keys, each once. */
async function ticketsOf(
  lists: Lists,
  workspaceId: string,
  keys: readonly string[],
): Promise<readonly TicketRef[]> {
  const found = new Map<string, TicketRef>();
  for (const customer of keys)
    for (const ref of await allOf<TicketRef>((page) => lists.ticketsOf(workspaceId, { ...page, customer })))
      found.set(ref.ticketId, ref);
  return [...found.values()];
}

async function allOf<Item>(
  pageOf: (
    page: PageRequest,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await pageOf({ limit: perPage, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return all;
  }
}

const erasingSchema = z.object({
  workspaceId: idSchema,
  who: z
    .object({
      ...customerShape,
      ticketIds: z._default(z.array(idSchema, "must be a list of ticket ids"), []),
    })
    .check(z.refine((who) => namesSomebody(who) || who.ticketIds.length > 0, nobodyNamed)),
});

/**
 * Erases what is stored about a person. The bare keys come first: whatever begins behind them is erased instead of sent, and
 * what began before is found under them. A send that was written in that very moment is found by the second look.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function eraseCustomer<Tx>(
  context: Context<Tx>,
  asked: {
    readonly workspaceId: string;
    readonly who: CustomerRef & { readonly ticketIds?: readonly string[] };
  },
): Promise<number> {
  const { storage, clock } = context;
  const { workspaceId, who } = validate({ schema: erasingSchema, value: asked, where: "Nothing was erased" });
  const { ticketIds, ...named } = who;
  const refs = namesSomebody(named) ? [named] : [];
  const keys = refs.length === 0 ? [] : namedKeys(await keysOfRefs(context, { workspaceId, refs }));
  const now = clock.now();
  await changeCustomers(context, {
    workspaceId,
    keys,
    withOthers: false,
    change: (record) => erasedRecord(record, now),
  });
  const erased = new Set<string>();
  const erase = async (ids: readonly string[]) => {
    const left = ids.filter((ticketId) => !erased.has(ticketId));
    if (left.length > 0)
      await eraseTickets(
        context,
        left.map((ticketId) => ({ workspaceId, ticketId })),
      );
    for (const ticketId of left) erased.add(ticketId);
    return left.length;
  };
  await erase([...new Set(ticketIds)]);
  const listed = async () =>
    (await ticketsOf(storage.lists, workspaceId, keys)).map(({ ticketId }) => ticketId);
  while ((await erase(await listed())) > 0);
  return erased.size;
}
