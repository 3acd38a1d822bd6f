import { answerWith, type OperatorAnswer, type OperatorCall } from "./call.ts";

/** GET /api/tickets/:ticketId — the ticket panel. */
export async function showPanel({ csat, principal, id }: OperatorCall): Promise<OperatorAnswer> {
  const panel = await csat.getTicketPanel({ workspaceId: principal.workspaceId, ticketId: id });
  return answerWith("ticket-panel", panel);
}

/** GET /api/tickets/:ticketId/explain — every decision about the ticket's survey, oldest first. */
export async function explainTicket({ csat, principal, id }: OperatorCall): Promise<OperatorAnswer> {
  return answerWith("explain", await csat.explain({ workspaceId: principal.workspaceId, ticketId: id }));
}
