import { CsatError, type ReplayChoice } from "@csat/core";
import { answerWith, type OperatorAnswer, type OperatorCall } from "./call.ts";
import { flag, refuseQuery, single } from "./query.ts";
import { readBody } from "./read-body.ts";
import { ledTo, readReturnPath } from "./return-path.ts";

/** GET /api/webhooks — the workspace's events, newest first, 50 a page; `?dead` for those given up, `?cursor=` to go on. */
export async function listEvents({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const cursor = single(url, "cursor");
  const query = { dead: flag(url, "dead"), ...(cursor === null ? {} : { cursor }) };
  return answerWith("webhooks", await csat.listEvents(principal.workspaceId, query));
}

/**
 * POST /api/webhooks/:eventId/replay — delivers again what was given up, with `?delivered` also what was taken, of one
 * endpoint with `?endpoint=`; 404 when there is nothing to deliver. A form with a field `return`, a path of this site, is then led
 * there with 303.
 */
export async function replayEvent({
  csat,
  principal,
  request,
  url,
  id,
}: OperatorCall): Promise<OperatorAnswer> {
  const location = await readReturnPath(request);
  const choice = choiceOf(url);
  const by = { actorId: principal.userId };
  if (!(await csat.replayEvent(principal.workspaceId, id, choice, by))) {
    const which = choice.delivered === true ? "was delivered or given up" : "was given up";
    throw new CsatError("not_found", `There is no such event with a delivery that ${which}.`);
  }
  if (location === null) return answerWith("webhook-replayed", { replayed: true });
  return ledTo(location);
}

/**
 * POST /api/webhooks/replay — the same for the events that were created from `?from=` on and before `?until=`, times in
 * ISO 8601; answers how many there were.
 */
export async function replayEvents({ csat, principal, request, url }: OperatorCall): Promise<OperatorAnswer> {
  await readBody(request);
  const [from, until] = [instant(url, "from"), instant(url, "until")];
  const which = { ...choiceOf(url), from, until };
  const events = await csat.replayEvents(principal.workspaceId, which, { actorId: principal.userId });
  return answerWith("webhook-replayed", { replayed: true, events });
}

/** POST /api/webhooks/test — one test event to each endpoint, and how each answered. */
export async function sendTestEvent({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  await readBody(request);
  return answerWith("webhook-tested", await csat.sendTestEvent(principal.workspaceId));
}

function choiceOf(url: URL): ReplayChoice {
  const endpointId = single(url, "endpoint");
  return { delivered: flag(url, "delivered"), ...(endpointId === null ? {} : { endpointId }) };
}

// A time without a zone would be the server's.
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

function instant(url: URL, name: string): Date {
  const text = single(url, name);
  const time = text !== null && instantPattern.test(text) ? new Date(text) : new Date(Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw refuseQuery(name, "must be a time such as 2026-11-27T09:00:00Z");
}
