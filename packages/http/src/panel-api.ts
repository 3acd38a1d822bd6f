import { answerWith, answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";

/** GET /api/tickets/:ticketId — the ticket panel. */
export async function showPanel({ csat, principal, id, mayExclude }: OperatorCall): Promise<OperatorAnswer> {
  const ref = { workspaceId: principal.workspaceId, ticketId: id };
  const panel = await csat.getTicketPanel(ref);
  return answerWithMore("ticket-panel", panel, async () => ({
    panel,
    journal: await csat.explain(ref),
    ticketId: id,
    mayExclude: panel.state === "answered" && (await mayExclude(id)),
  }));
}

/** GET /api/tickets/:ticketId/explain — every decision about the ticket's survey, oldest first. */
export async function explainTicket({ csat, principal, id }: OperatorCall): Promise<OperatorAnswer> {
  return answerWith("explain", await csat.explain({ workspaceId: principal.workspaceId, ticketId: id }));
}
