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

/** NaN unless `text` is a date as HTTP writes it today: `Date.parse` alone takes nearly everything. */
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
