const longestMs = 24 * 3_600_000;

/**
 * Milliseconds that a `Retry-After` asks for, from `now` on: seconds or an HTTP date (RFC 9110, 10.2.3). At most a day, so
 * that no receiver puts its deliveries off for ever. Null for anything else, and for a time that has passed.
 */
export function retryAfterMs({
  header,
  now,
}: {
  readonly header: string | readonly string[] | undefined;
  readonly now: Date;
}): number | null {
  const text = (typeof header === "string" ? header : header?.[0])?.trim() ?? "";
  const askedMs = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text) - now.getTime();
  return askedMs > 0 ? Math.min(askedMs, longestMs) : null;
}

// RFC 9110, 5.6.7: as HTTP writes dates today, as RFC 850 did, and as C does.
const dates =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/** NaN unless `text` is a date of HTTP: `Date.parse` alone takes nearly everything. */
function dateOf(text: string): number {
  if (!dates.test(text)) return Number.NaN;
  return Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
}
