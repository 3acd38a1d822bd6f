import { CsatError } from "@csat/core";
import type { PublicCall } from "./call.ts";
import { isForeignScript, openedToOrigins } from "./open-to-origins.ts";
import type { VisitorRoute } from "./routes.ts";

/** A public request on its way to its route. */
export interface Visit {
  readonly call: PublicCall;
  readonly route: VisitorRoute;
  /** For the host's limiter: the token, or what the path holds in its place. */
  readonly key: string;
  readonly serve: (call: PublicCall) => Promise<Response>;
}

/** Serves a visitor whom the host's limiter lets through; the limiter is asked before anything is read. */
export async function answerVisitor(visit: Visit): Promise<Response> {
  const refusal = await refusalOf(visit);
  const response =
    refusal === null ? await visit.serve(visit.call) : await visit.route.refuse(visit.call, refusal.error);
  return visit.route.isOpenToOrigins ? openedToOrigins(visit.call, response) : response;
}

async function refusalOf({ call, route, key }: Visit): Promise<{ readonly error: unknown } | null> {
  if (route.isOpenToOrigins && isForeignScript(call)) {
    const error = new CsatError(
      "forbidden",
      "A script of another site sent this answer. Add the site's origin to surveyOrigins.",
    );
    return { error };
  }
  try {
    if (await call.options.allowRequest(call.request, key)) return null;
    return { error: new CsatError("too_many_requests", "Too many requests. Wait a minute, then try again.") };
  } catch (cause) {
    return { error: new Error("allowRequest threw.", { cause }) };
  }
}
