import type { TicketSnapshot } from "@csat/core";
import type { TicketStatus } from "../tickets.ts";
import { userOf, workspaceName } from "../users.ts";
import type { FateOfRegular } from "./regulars.ts";

/** A ticket that lives through its fate. */
export interface SeededTicket {
  readonly workspaceId: string;
  readonly ticketId: string;
  readonly number: number;
  readonly fate: FateOfRegular;
  status: TicketStatus;
  /** Milliseconds before the end of the history. */
  statusChangedAgoMs: number;
}

/** What the library is told about it while it lives. */
export function snapshotOf({ workspaceId, ticketId, fate, status }: SeededTicket): TicketSnapshot {
  const { customerId: id, timeZone, attributes } = fate.regular;
  return {
    ticketId,
    status,
    subject: fate.subject,
    url: null,
    workspaceName: workspaceName(workspaceId),
    customer: { ...fate.customer, locale: null, id, timeZone },
    attributes,
    assignee: fate.assigneeId === null ? null : userOf(workspaceId, fate.assigneeId),
  };
}

/** Its row of the helpdesk's table, at the end. */
export function rowOf(
  { workspaceId, ticketId, number, fate, status, statusChangedAgoMs }: SeededTicket,
  now: Date,
) {
  return {
    workspaceId,
    id: ticketId,
    number,
    subject: fate.subject,
    status,
    customerName: fate.customer.name,
    customerEmail: fate.customer.email,
    assigneeId: fate.assigneeId,
    details: fate.regular,
    createdAt: new Date(now.getTime() - fate.createdAgoMs),
    statusChangedAt: new Date(now.getTime() - statusChangedAgoMs),
  };
}
