import type { Clock, JournalEntry, SurveyResponse, TicketRef, WorkspaceSettings } from "@csat/core";
import type { EventRow, SurveyRow, TicketRow } from "./rows.ts";
import { draftOf, heldTable, type Table } from "./table.ts";

/** All that a memory storage holds. */
export interface Tables {
  /** By workspaceId. */
  readonly settings: Table<WorkspaceSettings>;
  /** By `ticketKey`, as are the next four. */
  readonly tickets: Table<TicketRow>;
  readonly surveys: Table<SurveyRow>;
  /** Those of `surveys` that are scheduled or sending, so that a claim looks at no others. Kept by `saveSurvey`. */
  readonly unfinished: Table<SurveyRow>;
  readonly responses: Table<SurveyResponse>;
  /** In the order of writing. */
  readonly journal: Table<readonly JournalEntry[]>;
  /** `idKey` of the survey → `ticketKey`. */
  readonly ticketOfSurvey: Table<string>;
  /** Hash of a token → `ticketKey`. */
  readonly ticketOfToken: Table<string>;
  /** By `idKey`. */
  readonly events: Table<EventRow>;
  /** What leases are measured on; never the `now` of a caller. */
  readonly leaseClock: Clock;
}

/** Empty tables. */
export function emptyTables(leaseClock: Clock): Tables {
  return {
    settings: heldTable(),
    tickets: heldTable(),
    surveys: heldTable(),
    unfinished: heldTable(),
    responses: heldTable(),
    journal: heldTable(),
    ticketOfSurvey: heldTable(),
    ticketOfToken: heldTable(),
    events: heldTable(),
    leaseClock,
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
    settings: draft(committed.settings),
    tickets: draft(committed.tickets),
    surveys: draft(committed.surveys),
    unfinished: draft(committed.unfinished),
    responses: draft(committed.responses),
    journal: draft(committed.journal),
    ticketOfSurvey: draft(committed.ticketOfSurvey),
    ticketOfToken: draft(committed.ticketOfToken),
    events: draft(committed.events),
    leaseClock: committed.leaseClock,
    commit: () => {
      for (const one of drafts) one.commit();
    },
  };
}

/** Equal for equal refs only: no id can imitate another pair. */
export function ticketKey({ workspaceId, ticketId }: TicketRef): string {
  return JSON.stringify([workspaceId, ticketId]);
}

/** Key of a survey or an event within its workspace. */
export function idKey({ workspaceId, id }: { readonly workspaceId: string; readonly id: string }): string {
  return JSON.stringify([workspaceId, id]);
}

/** The ticket's row, or what stands before anything was told of it. */
export function ticketOf(tables: Tables, { workspaceId, ticketId }: TicketRef): TicketRow {
  return (
    tables.tickets.get(ticketKey({ workspaceId, ticketId })) ?? {
      workspaceId,
      ticketId,
      firstResolution: null,
      lastLeftAt: null,
      erased: false,
    }
  );
}
