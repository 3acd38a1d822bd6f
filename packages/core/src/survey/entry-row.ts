import type { JournalRow } from "../ports/store/change.ts";
import type { JournalEvent } from "./survey.ts";

/** A line of the journal as a database keeps it: null where there is no date and no facts, and facts as the text of their JSON. */
export interface EntryRow extends Omit<JournalRow, "event" | "eligibleAt" | "facts"> {
  /** Only the core writes it; a word of a newer release is passed on as it stands. */
  readonly event: string;
  readonly eligibleAt: Date | null;
  readonly facts: string | null;
}

/** Turns a line into its row. Text, for a column of JSON takes the facts `null` for none. */
export function toEntryRow({ facts, eligibleAt, ...line }: JournalRow): EntryRow {
  return {
    ...line,
    eligibleAt: eligibleAt ?? null,
    facts: facts === undefined ? null : JSON.stringify(facts),
  };
}

/** Turns a row into the line that it keeps. Columns beside those of a line are left out, and facts that were not read. */
export function ofEntryRow(row: Omit<EntryRow, "facts"> & { readonly facts?: string | null }): JournalRow {
  const { workspaceId, ticketId, at, event, reason, actorId, eligibleAt, facts = null } = row;
  return {
    workspaceId,
    ticketId,
    at,
    event: event as JournalEvent, // What was written as one.
    reason,
    actorId,
    ...(eligibleAt === null ? {} : { eligibleAt }),
    ...(facts === null ? {} : { facts: JSON.parse(facts) }),
  };
}
