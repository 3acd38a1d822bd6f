/** What this process knows of the receivers of events. It survives nothing, and nothing depends on it but pace. */
export interface Receivers {
  /** Deliveries under way, by workspace. */
  readonly atWork: Map<string, number>;
  /** Workspaces that were passed over, as they had enough under way: more of theirs may be due. */
  readonly passedOver: Set<string>;
  /** By the URL of an endpoint that fails: the event that failed there first. */
  readonly failing: Map<string, string>;
}

/** Knows nothing yet. */
export function newReceivers(): Receivers {
  return { atWork: new Map(), passedOver: new Set(), failing: new Map() };
}

/** Counts one more delivery of a workspace under way, or with -1 one less. */
export function countAtWork({ atWork }: Receivers, workspaceId: string, change: 1 | -1): void {
  const count = (atWork.get(workspaceId) ?? 0) + change;
  if (count > 0) atWork.set(workspaceId, count);
  else atWork.delete(workspaceId);
}

/**
 * Who may get more when a workspace may have `most` deliveries under way: `full` has enough, and of the others none
 * comes to more than `most` by a claim of `room` events.
 */
export function roomFor(
  { atWork }: Receivers,
  most: number,
): { readonly full: readonly string[]; readonly room: number } {
  const full = [...atWork].filter(([, count]) => count >= most).map(([workspaceId]) => workspaceId);
  const others = [...atWork.values()].filter((count) => count < most);
  return { full, room: most - Math.max(0, ...others) };
}

/** Forgets workspaces that were passed over and have nothing under way: nobody is left who would take what waits for them. */
export function forgetServed({ atWork, passedOver }: Receivers): void {
  for (const workspaceId of passedOver) if (!atWork.has(workspaceId)) passedOver.delete(workspaceId);
}

// An outage that hits this many endpoints at once needs no memory of each.
const mostRemembered = 1_000;

/** Remembers that an event failed at an endpoint; true when another one failed there since it last answered. */
export function failsWithOthers({ failing }: Receivers, url: string, eventId: string): boolean {
  const first = failing.get(url);
  if (first === undefined && failing.size < mostRemembered) failing.set(url, eventId);
  return first !== undefined && first !== eventId;
}
