/** What a queue of several workspaces needs to know of an entry. */
export interface Waiting {
  readonly workspaceId: string;
  readonly dueAt: Date;
}

/**
 * The oldest of each workspace first, then the second oldest of each, and so on: a workspace with ten thousand entries
 * waiting holds up one with a single entry by one place. Entries of one time stay in the order in which they stood.
 */
export function inFairOrder<Entry extends Waiting>(entries: readonly Entry[]): readonly Entry[] {
  const taken = new Map<string, number>();
  return [...entries]
    .sort(byAge)
    .map((entry) => {
      const rank = taken.get(entry.workspaceId) ?? 0;
      taken.set(entry.workspaceId, rank + 1);
      return { entry, rank };
    })
    .sort((one, other) => one.rank - other.rank || byAge(one.entry, other.entry))
    .map(({ entry }) => entry);
}

function byAge(one: Waiting, other: Waiting): number {
  return one.dueAt.getTime() - other.dueAt.getTime();
}
