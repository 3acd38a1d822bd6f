import { pageOf, rangeOf, ratingOf } from "./analytics-query.ts";
import { answerWith, answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";
import { refuseQuery } from "./query.ts";

const answersOnPage = 10;

/** GET /api/my/analytics — the figures of whoever asks, of `?days=` or `?from=&to=`: no colleague, no place among them. */
export async function showOwnMetrics(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, url } = call;
  const { workspaceId, resolvedBy } = oneself(call);
  const range = rangeOf(url);
  const metrics = await csat.getOwnMetrics(workspaceId, principal.userId, range);
  return answerWithMore("own-analytics", metrics, async () => ({
    metrics,
    responses: await csat.listResponses(workspaceId, range, { resolvedBy, limit: answersOnPage }),
  }));
}

/** GET /api/my/analytics/responses — the answers to tickets that whoever asks resolved first, newest first. */
export async function showOwnResponses(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, url } = call;
  const { workspaceId, resolvedBy } = oneself(call);
  const asked = { ...ratingOf(url), ...pageOf(url), resolvedBy };
  return answerWith("own-responses", await csat.listResponses(workspaceId, rangeOf(url), asked));
}

// What would name others on the dashboard. Passed over it would show one's own figures for those of somebody else.
const namesOthers = ["resolver", "unattributed", "by", "where"];

/** Whoever asks, as the host says and no query can. @throws CsatError `invalid_input` for a query that names somebody */
function oneself({ principal, url }: OperatorCall): {
  readonly workspaceId: string;
  readonly resolvedBy: string;
} {
  const named = namesOthers.find((name) => url.searchParams.has(name));
  if (named !== undefined) throw refuseQuery(named, "cannot be asked for here: these answers are one's own");
  return { workspaceId: principal.workspaceId, resolvedBy: principal.userId };
}
