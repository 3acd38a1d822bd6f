import type { Actor, InTransaction } from "./in-transaction.ts";
import type { SuppressionReason } from "./policy/ask/suppression.ts";
import type { Exclusion, ExclusionReason } from "./survey/exclusion-reason.ts";
import type { WorkspaceSettings } from "./survey/settings.ts";
import type { TicketRef } from "./survey/survey.ts";

/** What is left to admins: which answers count, and to see who changed what. */
export interface ByAdmins<Tx = never> {
  /**
   * Takes a ticket's answer out of every figure and list: a machine gave it, one of the team, or the customer by mistake.
   * The send stays sent, and the answer the ticket's one answer. Raises `ticket.csat_excluded` for endpoints that ask for
   * it. Repeated, or for another reason, it changes nothing.
   * @throws CsatError `invalid_input`, which lists the known reasons; `storage_failed`
   */
  excludeAnswer(
    ref: TicketRef,
    by: Actor & { readonly reason: ExclusionReason },
    options?: InTransaction<Tx>,
  ): Promise<ExcludeOutcome>;
  /** Takes that back: the answer counts on its own day, as before. Raises `ticket.csat_restored`. @throws CsatError `invalid_input`, `storage_failed` */
  restoreAnswer(ref: TicketRef, by: Actor, options?: InTransaction<Tx>): Promise<RestoreOutcome>;
  /** Who changed a workspace's settings last, and when; null while nobody did. @throws CsatError `invalid_input`, `storage_failed` */
  getSettingsChange(workspaceId: string): Promise<SettingsChange | null>;
}

/** `nothing_to_do`: it was excluded already, by whomever. `not_answered`: there is no answer, or it was erased. */
export type ExcludeOutcome = TicketRef & { readonly kind: "excluded" | "nothing_to_do" | "not_answered" };

/** `nothing_to_do`: it counts already. `not_answered`: there is no answer, or it was erased. */
export type RestoreOutcome = TicketRef & { readonly kind: "restored" | "nothing_to_do" | "not_answered" };

/** An answer that does not count, as operators are told. */
export interface ShownExclusion extends Exclusion {
  /** Of `actorId`; left out where nobody acted, and where the host gives no name. */
  readonly actorName?: string;
}

/** The latest change of a workspace's settings. */
export interface SettingsChange extends Actor {
  readonly at: Date;
  /** Of `actorId`; left out where nobody acted, and where the host gives no name. */
  readonly actorName?: string;
}

/**
 * What `onChange` is told: who did it (null where the call named nobody), when, and what stood before and stands now. Of
 * settings the changed fields alone.
 */
export type AdminChange = Actor & { readonly workspaceId: string; readonly at: Date } & (
    | {
        readonly kind: "settings_changed";
        readonly before: Partial<WorkspaceSettings>;
        readonly after: Partial<WorkspaceSettings>;
      }
    | {
        readonly kind: "answer_excluded" | "answer_restored";
        readonly ticketId: string;
        /** Why it did not count before, and does not now; null where it does. */
        readonly before: ExclusionReason | null;
        readonly after: ExclusionReason | null;
      }
    | {
        readonly kind: "suppression_lifted";
        /** What kept the customer from being asked; it stands no more. */
        readonly before: SuppressionReason;
        readonly after: null;
        /** The keys under which it stood. */
        readonly customers: readonly string[];
        /** When the customer agreed to be asked again; null where nobody says so. */
        readonly consentGivenAt: Date | null;
      }
    | {
        readonly kind: "events_replayed";
        /** One event; null for those of a window. */
        readonly eventId: string | null;
        /** Created in [`from`, `until`); null for one event. */
        readonly window: { readonly from: Date; readonly until: Date } | null;
        /** At this endpoint alone; null for all. */
        readonly endpointId: string | null;
        /** True when also those were sent again that had been taken. */
        readonly delivered: boolean;
        /** How many events are on their way again. */
        readonly events: number;
      }
  );
