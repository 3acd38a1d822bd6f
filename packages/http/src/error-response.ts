import { describeError, type ErrorBody } from "./error-body.ts";
import { apiHeaders } from "./security-headers.ts";

// Seconds a refused client is asked to wait. `allowRequest` says only yes or no, so the time is fixed.
const retryAfterSeconds = 60;

/** Answers JSON with the headers of the API. Dates become ISO 8601 in UTC. */
export function jsonResponse(
  status: number,
  data: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(data), {
    status,
    headers: { ...apiHeaders, "content-type": "application/json; charset=utf-8", ...headers },
  });
}

/** Answers a failure as JSON, whatever was thrown. */
export function errorResponse(error: unknown): Response {
  const { status, body } = describeError(error);
  return jsonResponse(status, body, errorHeaders(status));
}

/** Answers 405 and names the methods there are. */
export function methodNotAllowed(allowed: readonly string[]): Response {
  const names = allowed.join(", ");
  const body: ErrorBody = {
    error: { code: "method_not_allowed", message: `This address takes ${names} only.` },
  };
  return jsonResponse(405, body, { allow: names });
}

/** Headers that belong to a status: how long to wait after 429, and after 413 the end of a connection whose body nobody reads. */
export function errorHeaders(status: number): Readonly<Record<string, string>> {
  if (status === 413) return { connection: "close" };
  return status === 429 ? { "retry-after": `${retryAfterSeconds}` } : {};
}
