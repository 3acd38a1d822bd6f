import type { OperatorAnswer, OperatorCall } from "./call.ts";
import { jsonResponse } from "./error-response.ts";
import { isForm } from "./read-fields.ts";
import { ledTo, readReturnPath } from "./return-path.ts";

/**
 * POST /api/tickets/:ticketId/leave-out — nobody is asked about this ticket until it is let in again. Answers whether a
 * survey was canceled, or that it is too late. A form is led to its field `return`, a path of this site, or to the panel.
 */
export async function leaveOut(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, request, id } = call;
  const location = await wayBack(call);
  const ref = { workspaceId: principal.workspaceId, ticketId: id };
  const [outcome] = await csat.leaveOut([ref], { actorId: principal.userId });
  if (isForm(request)) return ledTo(location);
  const { workspaceId: _, ticketId: __, ...said } = outcome ?? ref;
  return jsonResponse(200, said);
}

/** POST /api/tickets/:ticketId/let-in — takes that back; the next resolution asks. Forms are led on as there. */
export async function letIn(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, request, id } = call;
  const location = await wayBack(call);
  await csat.letIn([{ workspaceId: principal.workspaceId, ticketId: id }], { actorId: principal.userId });
  return isForm(request) ? ledTo(location) : jsonResponse(200, { kind: "let_in" });
}

// To the panel by a relative path, which is right behind every mount and proxy.
async function wayBack({ request, url, id }: OperatorCall): Promise<string> {
  const up = url.pathname.endsWith("/") ? "../.." : "..";
  return (await readReturnPath(request)) ?? `${up}/${encodeURIComponent(id)}`;
}
