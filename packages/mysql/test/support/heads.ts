import { randomUUID } from "node:crypto";
import type { Change, Claimed, ClaimRequest, Due, HeadChange, Key } from "@csat/core";

/** The time so many minutes after Monday, 5 January 2026, 09:00 UTC. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 0, 5, 9, minutes));
}

/** A workspace of a test's own. */
export function aWorkspace(): string {
  return `w-${randomUUID()}`;
}

/** Names the record of a ticket. */
export function ticketKey(workspaceId: string, id = "T1"): Key {
  return { kind: "ticket", workspaceId, id };
}

/** So many tickets of one workspace, in key order. */
export function ticketKeys(workspaceId: string, count: number, prefix = "T"): readonly Key[] {
  return Array.from({ length: count }, (_, index) =>
    ticketKey(workspaceId, `${prefix}${String(index).padStart(6, "0")}`),
  );
}

/** Due at that minute, and at first as well. */
export function dueAt(minutes: number): Due {
  return { kind: "waiting", wakeAt: at(minutes), firstDueAt: at(minutes) };
}

/** A ticket's part of a change: new unless it is said otherwise. */
export function ticketHead(key: Key, rest: Partial<HeadChange> = {}): HeadChange {
  return {
    key,
    expected: 0,
    state: { says: "first" },
    cells: { kind: "ticket", sentAt: null, resolvedBy: null },
    ...rest,
  };
}

/** A customer's part of a change. */
export function customerHead(workspaceId: string, rest: Partial<HeadChange> = {}): HeadChange {
  const key: Key = { kind: "customer", workspaceId, id: "C1" };
  return { key, expected: 0, state: { says: "first" }, cells: null, ...rest };
}

/** An event's part of a change, about ticket T1. */
export function eventHead(workspaceId: string, id: string, rest: Partial<HeadChange> = {}): HeadChange {
  return {
    key: { kind: "event", workspaceId, id },
    expected: 0,
    state: { says: "first" },
    cells: { kind: "event", createdAt: at(61), ticketId: "T1", dead: false },
    ...rest,
  };
}

/** A change of one ticket. */
export function ticketChange(key: Key, rest: Partial<HeadChange> = {}): Change {
  return { heads: [ticketHead(key, rest)] };
}

/** A claim of tickets at minute 60. */
export function claimOf(change: Partial<ClaimRequest> = {}): ClaimRequest {
  return { kind: "ticket", now: at(60), leaseForMs: 600_000, limit: 10, after: null, ...change };
}

/** The ids of what was claimed, as they came. */
export function idsOf(claimed: readonly Claimed[]): readonly string[] {
  return claimed.map(({ head }) => head.key.id);
}
