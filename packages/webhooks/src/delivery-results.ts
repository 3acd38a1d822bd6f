import { type DeliveryResult, errorCode } from "@csat/core";
import type { Answer } from "./post-once.ts";
import { retryAfterMs } from "./retry-after.ts";

/** The error of an attempt whose receiver answered 410. */
export const goneError = "HTTP 410: the receiver wants no more";

/** A failed attempt without a word of the receiver about when to come back. */
export function failed({
  retryable,
  error,
  errorType,
}: {
  readonly retryable: boolean;
  readonly error: string;
  /** For telemetry, of few values. */
  readonly errorType: string;
}): DeliveryResult {
  return { ok: false, retryable, retryAfterMs: null, error, errorType };
}

/**
 * What an answer means: 2xx is done, 410 ends the subscription, everything else is tried again, since receivers answer
 * 401, 404 or a redirect during their own deployments too. The answer's text is never part of the error.
 */
export function resultOf({
  answer: { statusCode, retryAfter },
  now,
}: {
  readonly answer: Answer;
  readonly now: Date;
}): DeliveryResult {
  if (statusCode >= 200 && statusCode <= 299) return { ok: true };
  if (statusCode === 410) return failed({ retryable: false, error: goneError, errorType: "410" });
  const isRedirect = statusCode >= 300 && statusCode <= 399;
  return {
    ok: false,
    retryable: true,
    retryAfterMs: retryAfterMs({ header: retryAfter, now }),
    error: `HTTP ${statusCode}${isRedirect ? ": redirects are not followed" : ""}`,
    errorType: String(statusCode),
  };
}

/** The code of a network failure, `ECONNREFUSED`; its message would name hosts and addresses. */
export function failureOf(error: unknown): { readonly error: string; readonly errorType: string } {
  const code = errorCode(error);
  return { error: code ?? "the connection failed", errorType: code ?? "_OTHER" };
}
