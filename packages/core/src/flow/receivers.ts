/** What this process knows of the receivers of events. It survives nothing, and nothing depends on it but pace. */
export interface Receivers {
  /** By the URL of an endpoint that fails: the event that failed there first. */
  readonly failing: Map<string, string>;
}

/** Knows nothing yet. */
export function newReceivers(): Receivers {
  return { failing: new Map() };
}

// An outage that hits this many endpoints at once needs no memory of each.
const mostRemembered = 1_000;

/** Remembers that an event failed at an endpoint; true when another one failed there since it last answered. */
export function failsWithOthers({ failing }: Receivers, url: string, eventId: string): boolean {
  const first = failing.get(url);
  if (first === undefined && failing.size < mostRemembered) failing.set(url, eventId);
  return first !== undefined && first !== eventId;
}
