import type { TicketState } from "../../src/policy/transition/ticket-state.ts";

/**
 * One state for all that the transition cannot tell apart, so that there are finitely many:
 * - generations are compared for equality only: the current one is 1, an older one 0;
 * - so are leases: whoever is sending is A, and everybody else B;
 * - `recent` decides about journal lines alone, by one look for the very event: it is emptied here, and every event of
 *   a host is told both as news and as a repeat;
 * - `lastError` is written and never read; `complainedAt` is read to tell a complaint once;
 * - a mail that came back is remembered for the end of the send under way, and to tell it once.
 * Attempts are bounded by the worker, who gives up: see `isPossible`. Event times are two, all other times constants,
 * which the transition writes and never compares.
 */
export function canonical(state: TicketState): TicketState {
  const { survey } = state;
  if (survey === null) return { ...state, recent: [] };
  const begun = survey.begun === null ? null : { ...survey.begun, leaseId: "A" };
  const bounce = survey.status === "sending" ? survey.bounce : null;
  const unread = { lastError: null, complainedAt: null };
  return { ...state, recent: [], survey: { ...survey, ...unread, generation: 1, begun, bounce } };
}

/** Equal for equal states, and for no others. */
export function keyOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Date) return `@${value.getTime()}`;
  return `{${Object.entries(value)
    .map(([name, field]) => `${name}:${keyOf(field)}`)
    .join()}}`;
}

/** Whether two values hold the same, whatever objects they are. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (one instanceof Date || other instanceof Date) return Number(one) === Number(other);
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isEqual(fieldOf(one, name), fieldOf(other, name)))
  );
}

function fieldOf(value: object, name: string): unknown {
  return (value as { readonly [name: string]: unknown })[name]; // Read by any name; undefined where there is none.
}
