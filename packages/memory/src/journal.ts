import type { JournalEntry, JournalStore, TicketRef } from "@csat/core";
import type { Access } from "./access.ts";
import { type Tables, ticketKey } from "./tables.ts";

/** What was decided about each ticket. */
export function journalStore({ read, write }: Access): JournalStore {
  return { append: write(append), list: read(list) };
}

/** Writes the entries after those that stand. */
export function append(tables: Tables, entries: readonly JournalEntry[]): void {
  for (const entry of entries) {
    const key = ticketKey(entry);
    tables.journal.set(key, [...(tables.journal.get(key) ?? []), entry]);
  }
}

function list(tables: Tables, ref: TicketRef): readonly JournalEntry[] {
  // Sorting is stable, so that entries of one time stay in the order of their writing.
  return (tables.journal.get(ticketKey(ref)) ?? []).toSorted(
    (one, other) => one.at.getTime() - other.at.getTime(),
  );
}
