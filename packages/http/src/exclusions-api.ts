import { CsatError, type ExclusionReason, exclusionReasons } from "@csat/core";
import type { OperatorAnswer, OperatorCall } from "./call.ts";
import { jsonResponse } from "./error-response.ts";
import { isForm, readFields } from "./read-fields.ts";
import { ledTo, readReturnPath, returnPathOf } from "./return-path.ts";

/**
 * POST /api/tickets/:ticketId/exclude — the answer counts no more, for the `reason` of the body, JSON or form. Answers
 * what became of it; a form is led to its field `return`, a path of this site, or to the panel.
 */
export async function excludeAnswer(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, request, id } = call;
  const fields = await readFields(request, { accepted: "any" });
  const location = fields.kind === "form" ? (returnPathOf(fields) ?? panelOf(call)) : null;
  const by = { actorId: principal.userId, reason: reasonOf(fields.values.get("reason")) };
  const { kind } = await csat.excludeAnswer({ workspaceId: principal.workspaceId, ticketId: id }, by);
  return location === null ? jsonResponse(200, { kind }) : ledTo(location);
}

/** POST /api/tickets/:ticketId/restore — the answer counts again. Forms are led on as there. */
export async function restoreAnswer(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, request, id } = call;
  const location = (await readReturnPath(request)) ?? panelOf(call);
  const by = { actorId: principal.userId };
  const { kind } = await csat.restoreAnswer({ workspaceId: principal.workspaceId, ticketId: id }, by);
  return isForm(request) ? ledTo(location) : jsonResponse(200, { kind });
}

function reasonOf(given: unknown): ExclusionReason {
  const reason = exclusionReasons.find((known) => known === given);
  if (reason !== undefined) return reason;
  const message = `must be one of ${exclusionReasons.join(", ")}`;
  throw new CsatError("invalid_input", `No answer was excluded: reason ${message}.`, {
    issues: [{ path: "reason", message }],
  });
}

// By a relative path, which is right behind every mount and proxy.
function panelOf({ url, id }: OperatorCall): string {
  const up = url.pathname.endsWith("/") ? "../.." : "..";
  return `${up}/${encodeURIComponent(id)}`;
}
