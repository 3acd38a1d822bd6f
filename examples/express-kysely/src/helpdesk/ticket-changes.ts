import type { Kysely, Transaction } from "kysely";
import type { Status, Tables } from "./tables.ts";

/** A ticket that has another status now. */
export interface TicketChange {
  readonly ticketId: string;
  readonly from: Status;
  readonly to: Status;
  /** Null for automations. */
  readonly userId: string | null;
  readonly at: Date;
}

/** Hears of changes inside their transaction; what it answers is called after the commit. */
export type ChangeListener = (
  changes: readonly TicketChange[],
  transaction: Transaction<Tables>,
) => Promise<(() => Promise<void>) | undefined>;

/** Which tickets get which status, by whom. */
export interface StatusOrder {
  readonly ticketIds: readonly string[];
  readonly to: Status;
  readonly userId: string | null;
}

/** Changes tickets, all or none, in the order of their ids. A ticket that stands there already is no change. */
export async function changeStatus(
  database: Kysely<Tables>,
  listeners: readonly ChangeListener[],
  { ticketIds, to, userId }: StatusOrder,
): Promise<readonly TicketChange[]> {
  const { changes, afterwards } = await database.transaction().execute(async (transaction) => {
    const tickets = await transaction
      .selectFrom("tickets")
      .select(["id", "status"])
      .where("id", "in", [...ticketIds])
      .where("status", "!=", to)
      .orderBy("id")
      .forUpdate()
      .execute();
    const at = new Date();
    const found = tickets.map(({ id, status }) => ({ ticketId: id, from: status, to, userId, at }));
    if (found.length === 0) return { changes: found, afterwards: [] };
    const ids = found.map(({ ticketId }) => ticketId);
    await transaction.updateTable("tickets").set({ status: to }).where("id", "in", ids).execute();
    await transaction
      .insertInto("ticket_history")
      .values(ids.map((id) => ({ ticket_id: id, user_id: userId, status: to, changed_at: at })))
      .execute();
    const answers = [];
    for (const listen of listeners) answers.push(await listen(found, transaction));
    return { changes: found, afterwards: answers };
  });
  for (const afterCommit of afterwards) await afterCommit?.();
  return changes;
}
