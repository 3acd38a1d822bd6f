/** Anything that JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * The kinds of records: a ticket, a customer, an event on its way to receivers, and what the admins of a workspace
 * chose. The order is that in which they are locked.
 */
export type HeadKind = "ticket" | "customer" | "event" | "workspace";

/** Names one record. Equal ids in two workspaces, or of two kinds, are two records. A workspace has its own record, whose id is "", and others beside it. */
export interface Key {
  readonly kind: HeadKind;
  readonly workspaceId: string;
  readonly id: string;
}

/**
 * One record as it stands. `state` is the core's own document: a store keeps it and reads nothing in it. Version 0
 * and a null state: nothing is stored yet.
 */
export interface Head {
  readonly key: Key;
  /** Counts the writes, from 1. */
  readonly version: number;
  readonly state: Json | null;
}

/** When a record is to be worked on, kept beside it in a narrow table whose rows go when there is nothing left to do. */
export type Due =
  /**
   * Is claimed from `wakeAt` on. `firstDueAt` is when it was to be done at first: lateness counts from there. `failing` is
   * what it was tried with in vain, in at most 200 characters: a store keeps it with the row and groups a backlog by it.
   */
  | { readonly kind: "waiting"; readonly wakeAt: Date; readonly firstDueAt: Date; readonly failing?: string }
  /** Was given up, and is never claimed; kept for lists and counts. */
  | { readonly kind: "failed"; readonly failedAt: Date; readonly reason: string };

/** The few facts about a ticket that a database joins and recounts by. */
export interface TicketCells {
  readonly kind: "ticket";
  /** Null while nothing was sent. */
  readonly sentAt: Date | null;
  /** Actor of the earliest resolution; null is Unattributed. */
  readonly resolvedBy: string | null;
}

/** The few facts about an event that a database lists by. */
export interface EventCells {
  readonly kind: "event";
  readonly createdAt: Date;
  /** The ticket that it tells of: forgetting the ticket removes the event. */
  readonly ticketId: string;
  /** True when a delivery was given up. */
  readonly dead: boolean;
}

/** The few facts about a customer that a database lists by. */
export interface CustomerCells {
  readonly kind: "customer";
  /** When the latest of what keeps us from asking them began; null while nothing does. */
  readonly suppressedAt: Date | null;
}

/** One record's part of a change. */
export interface HeadChange {
  readonly key: Key;
  /** The version that was read. Another one now is a conflict. */
  readonly expected: number;
  readonly state: Json;
  /** Null for a workspace. */
  readonly cells: TicketCells | CustomerCells | EventCells | null;
  /** Left out: what is due stays as it is. Null: nothing is due any more. Setting it ends a lease. */
  readonly due?: Due | null;
  /**
   * The record must be leased under this id now, by the database's clock. `extendMs` gives the lease that long from now
   * on; 0 ends it, null leaves it as it is.
   */
  readonly lease?: { readonly id: string; readonly extendMs: number | null };
}
