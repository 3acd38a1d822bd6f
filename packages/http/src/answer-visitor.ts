import { CsatError } from "@csat/core";
import type { PublicCall } from "./call.ts";
import { isForeignScript, openedToOrigins } from "./open-to-origins.ts";
import { nothingTyped } from "./parse-answer.ts";
import { refuseVisit } from "./survey-page.ts";
import { refuseAnswer } from "./survey-post.ts";

/** A public request on its way to its route. */
export interface Visit {
  readonly call: PublicCall;
  /** For the host's limiter: the token, or what the path holds in its place. */
  readonly key: string;
  readonly serve: (call: PublicCall) => Promise<Response>;
}

/** Serves a visitor whom the host's limiter lets through; the limiter is asked before anything is read. */
export async function answerVisitor(visit: Visit): Promise<Response> {
  return openedToOrigins(visit.call, await answered(visit));
}

async function answered({ call, key, serve }: Visit): Promise<Response> {
  const refusal = await refusalOf(call, key);
  if (refusal === null) return await serve(call);
  if (call.request.method === "POST") return await refuseAnswer(call, refusal.error, nothingTyped);
  return await refuseVisit(call, refusal.error);
}

async function refusalOf(call: PublicCall, token: string): Promise<{ readonly error: unknown } | null> {
  if (isForeignScript(call)) {
    const error = new CsatError(
      "forbidden",
      "A script of another site sent this answer. Add the site's origin to surveyOrigins.",
    );
    return { error };
  }
  try {
    if (await call.options.allowRequest(call.request, token)) return null;
    return { error: new CsatError("too_many_requests", "Too many requests. Wait a minute, then try again.") };
  } catch (cause) {
    return { error: new Error("allowRequest threw.", { cause }) };
  }
}
