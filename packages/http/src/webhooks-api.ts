import { CsatError } from "@csat/core";
import { answerWith, type OperatorAnswer, type OperatorCall } from "./call.ts";
import { flag, single } from "./query.ts";
import { readBody } from "./read-body.ts";
import { isForm, readFields } from "./read-fields.ts";
import { returnPathOf } from "./return-path.ts";
import { apiHeaders } from "./security-headers.ts";

/** GET /api/webhooks — the workspace's events, newest first, 50 a page; `?dead` for those given up, `?cursor=` to go on. */
export async function listEvents({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const cursor = single(url, "cursor");
  const query = { dead: flag(url, "dead"), ...(cursor === null ? {} : { cursor }) };
  return answerWith("webhooks", await csat.listEvents(principal.workspaceId, query));
}

/**
 * POST /api/webhooks/:eventId/replay — delivers again what was given up; 404 when there is nothing to deliver. A form
 * with a field `return`, a path of this site, is then led there with 303.
 */
export async function replayEvent({ csat, principal, request, id }: OperatorCall): Promise<OperatorAnswer> {
  const location = await wayBackOf(request);
  if (!(await csat.replayEvent(principal.workspaceId, id)))
    throw new CsatError("not_found", "There is no such event with a delivery that was given up.");
  if (location === null) return answerWith("webhook-replayed", { replayed: true });
  return new Response(null, { status: 303, headers: { ...apiHeaders, location } });
}

/** POST /api/webhooks/test — one test event to each endpoint, and how each answered. */
export async function sendTestEvent({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  await readBody(request);
  return answerWith("webhook-tested", await csat.sendTestEvent(principal.workspaceId));
}

async function wayBackOf(request: Request): Promise<string | null> {
  if (isForm(request)) return returnPathOf(await readFields(request, { accepted: "form" }));
  await readBody(request);
  return null;
}
