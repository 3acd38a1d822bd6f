import { CsatError, type CsatIssue } from "@csat/core";
import type { OperatorAnswer, OperatorCall } from "./call.ts";
import { jsonResponse } from "./error-response.ts";
import { parseAnswer } from "./parse-answer.ts";
import { readBody } from "./read-body.ts";
import { type Fields, readFields } from "./read-fields.ts";

/**
 * POST /api/tickets/:ticketId/links — five links for a message of the host's own, and one for opting out: 201, or 200 with the reason why there
 * are none. The ticket is read afresh from the host.
 */
export async function issueLinks({ csat, principal, request, id }: OperatorCall): Promise<OperatorAnswer> {
  await readBody(request);
  const ref = { workspaceId: principal.workspaceId, ticketId: id };
  const outcome = await csat.issueLinks({ ref });
  if (outcome.kind === "not_issued") return jsonResponse(200, { kind: outcome.kind, reason: outcome.reason });
  const { kind, again, links, link, optOut } = outcome;
  return jsonResponse(201, { kind, again, links, link, optOut });
}

/**
 * POST /api/tickets/:ticketId/answers — records an answer that an operator took: 201, and 409 when there is one already.
 * JSON or a form; `respondedAt` and `askedAt` are ISO 8601, the first is now when left out.
 */
export async function recordAnswer({ csat, principal, request, id }: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(request, { accepted: "any" });
  const { rating, comment } = parseAnswer(fields, ["channel", "respondedAt", "askedAt"]);
  const outcome = await csat.recordAnswer({
    ref: { workspaceId: principal.workspaceId, ticketId: id },
    rating,
    comment,
    respondedAt: timeIn(fields, "respondedAt"),
    askedAt: timeIn(fields, "askedAt"),
    // Whether it is a name is the core's to judge.
    channel: fields.values.get("channel") as string,
    actorId: principal.userId,
  });
  const { kind } = outcome;
  if (kind === "recorded") return jsonResponse(201, { rating, comment, respondedAt: outcome.respondedAt });
  if (kind === "duplicate") throw new CsatError("already_responded", "This ticket was answered before.");
  throw new CsatError("not_found", "This ticket was erased.");
}

// With the zone: a time without one would mean another moment on every server.
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Undefined when it is left out, null or blank. */
function timeIn({ values }: Fields, path: string): Date | undefined {
  const given = values.get(path) ?? "";
  if (given === "") return undefined;
  const time = typeof given === "string" && isoTime.test(given) ? new Date(given) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return time;
  const issues: readonly CsatIssue[] = [
    { path, message: "must be a time with its zone, such as 2026-03-01T12:00:00Z" },
  ];
  throw new CsatError("invalid_input", "The answer was not recorded: see the issues.", { issues });
}
