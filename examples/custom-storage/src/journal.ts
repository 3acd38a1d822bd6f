import type { JournalEntry, JournalStore, TicketRef } from "@csat/core";
import { and, asc, eq } from "drizzle-orm";
import type { Access } from "./access.ts";
import type { Rows } from "./open-sqlite.ts";
import { journal } from "./schema.ts";

/** What was decided about each ticket. */
export function journalStore({ read, write }: Access): JournalStore {
  return { append: write(append), list: read(list) };
}

/** Writes the entries after those that stand. */
export async function append(rows: Rows, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await rows.insert(journal).values([...entries]);
}

async function list(rows: Rows, ref: TicketRef): Promise<readonly JournalEntry[]> {
  const { workspaceId, ticketId, at, event, reason, actorId, entryNumber } = journal;
  return rows
    .select({ workspaceId, ticketId, at, event, reason, actorId })
    .from(journal)
    .where(and(eq(workspaceId, ref.workspaceId), eq(ticketId, ref.ticketId)))
    .orderBy(asc(at), asc(entryNumber));
}
