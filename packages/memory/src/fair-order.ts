import { compareText } from "@csat/core";

/** What a queue of several workspaces needs to know of an entry. */
export interface Waiting {
  readonly workspaceId: string;
  readonly dueAt: Date;
}

/**
 * Workspaces take turns, in the order of their ids and beginning behind `after`: the oldest entry of each first, then
 * the second oldest of each, and so on. So a workspace with ten thousand entries waiting holds up one with a single
 * entry by one place. Entries of one time stay in the order in which they stood.
 */
export function inFairOrder<Entry extends Waiting>(
  entries: readonly Entry[],
  after: string | null,
): readonly Entry[] {
  const taken = new Map<string, number>();
  return [...entries]
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
    .map((entry) => {
      const turn = taken.get(entry.workspaceId) ?? 0;
      taken.set(entry.workspaceId, turn + 1);
      const isBehind = after !== null && compareText(entry.workspaceId, after) > 0;
      return { entry, turn, isBehind };
    })
    .sort(
      (one, other) =>
        one.turn - other.turn ||
        Number(other.isBehind) - Number(one.isBehind) ||
        compareText(one.entry.workspaceId, other.entry.workspaceId),
    )
    .map(({ entry }) => entry);
}
