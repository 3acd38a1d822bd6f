import type { JournalEntry } from "@csat/core";

/** Names operators of a workspace; unknown ids are left out. The same as `TicketSource.getOperators`. */
export type NameOperators = (
  workspaceId: string,
  operatorIds: readonly string[],
) => Promise<readonly { readonly id: string; readonly name: string }[]>;

/** The names of whoever acts in a journal, asked for once. Empty when nobody acts, or when the host cannot tell. */
export async function namesOf(
  journal: readonly JournalEntry[],
  nameOperators: NameOperators | undefined,
): Promise<ReadonlyMap<string, string>> {
  const [first] = journal;
  const ids = [...new Set(journal.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))];
  if (nameOperators === undefined || first === undefined || ids.length === 0) return new Map();
  try {
    const operators = await nameOperators(first.workspaceId, ids);
    return new Map(operators.map(({ id, name }) => [id, name]));
  } catch {
    // Ids say who it was; a view without names is worth more than none.
    return new Map();
  }
}
