import type {
  Clock,
  CountDelta,
  CustomerCells,
  Due,
  EventCells,
  Head,
  JournalRow,
  Key,
  SurveyResponse,
  TicketCells,
  TicketRef,
} from "@csat/core";
import { draftOf, heldTable, type Table } from "./table.ts";

/** A record with the facts that lists go by. */
export interface HeadRow {
  readonly head: Head;
  readonly cells: TicketCells | CustomerCells | EventCells | null;
}

/** When a record is to be worked on, and who is at it. A lease whose `until` has passed is free. */
export interface DueRow {
  readonly key: Key;
  readonly due: Due;
  readonly lease: { readonly id: string; readonly until: Date } | null;
}

/** An answer, the resolver who is credited with it, whether it is marked as excluded, and what it can be cut by. */
export interface AnswerRow {
  readonly response: SurveyResponse;
  readonly resolvedBy: string | null;
  readonly excluded: boolean;
  readonly slices: readonly string[];
}

/** The record that a link opens, and when the link was written. */
export interface TokenRow {
  readonly key: Key;
  readonly createdAt: Date;
}

/** A line of a journal. Of two lines the later one has the higher number. */
export interface EntryRow {
  readonly entry: JournalRow;
  readonly number: number;
}

/** All that a memory storage holds. */
export interface Tables {
  /** By `keyText`, as is `due`. */
  readonly heads: Table<HeadRow>;
  readonly due: Table<DueRow>;
  /** By the hash of the link. */
  readonly tokens: Table<TokenRow>;
  /** Which tickets were named for which customers, each pair once. */
  readonly customerTickets: Table<TicketRef & { readonly customer: string }>;
  /** By `keyText` of the ticket, as is `journal`. */
  readonly answers: Table<AnswerRow>;
  /** In the order of writing. */
  readonly journal: Table<readonly EntryRow[]>;
  /** By workspace, day, resolver and part. */
  readonly counts: Table<CountDelta & { readonly workspaceId: string }>;
  /** What leases and the ages of links are measured on; never the `now` of a caller. */
  readonly leaseClock: Clock;
  /** The number of the next line of any journal. Drafts draw from the same ones. */
  readonly nextEntry: () => number;
}

/** Empty tables. */
export function emptyTables(leaseClock: Clock): Tables {
  let entries = 0;
  return {
    heads: heldTable(),
    due: heldTable(),
    tokens: heldTable(),
    customerTickets: heldTable(),
    answers: heldTable(),
    journal: heldTable(),
    counts: heldTable(),
    leaseClock,
    nextEntry: () => ++entries,
  };
}

/** The same tables under changes of their own; `commit` writes all of those through at once. */
export function draftTables(committed: Tables): Tables & { commit(): void } {
  const drafts: { commit(): void }[] = [];
  function draft<Row>(table: Table<Row>): Table<Row> {
    const made = draftOf(table);
    drafts.push(made);
    return made;
  }
  return {
    heads: draft(committed.heads),
    due: draft(committed.due),
    tokens: draft(committed.tokens),
    customerTickets: draft(committed.customerTickets),
    answers: draft(committed.answers),
    journal: draft(committed.journal),
    counts: draft(committed.counts),
    leaseClock: committed.leaseClock,
    nextEntry: committed.nextEntry,
    commit: () => {
      for (const one of drafts) one.commit();
    },
  };
}

/** Equal for equal keys only: no id can imitate another pair. */
export function keyText({ kind, workspaceId, id }: Key): string {
  return JSON.stringify([kind, workspaceId, id]);
}

/** Key of a ticket's rows. */
export function ticketText({ workspaceId, ticketId }: TicketRef): string {
  return keyText({ kind: "ticket", workspaceId, id: ticketId });
}
