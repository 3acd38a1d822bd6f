/** Claims at most `count` rows, none of the workspaces named. */
export type ClaimExcept<Item> = (count: number, except: readonly string[]) => Promise<readonly Item[]>;

// The list goes along with every claim.
const mostRemembered = 1_000;

/**
 * Gives every workspace its turn from claim to claim. A claim is fair in itself, but of two small ones in a row each
 * would begin with the workspace that waits longest: those just served come again when all others were. S58
 */
export function inTurns<Item extends { readonly row: { readonly workspaceId: string } }>(
  claim: ClaimExcept<Item>,
): ClaimExcept<Item> {
  const served = new Set<string>();
  return async (count, except) => {
    // Where all of those just served are left out anyway, the second claim is the whole.
    const isSame = [...served].every((workspaceId) => except.includes(workspaceId));
    let items = isSame ? [] : await claim(count, [...except, ...served]);
    if (items.length < count) {
      served.clear();
      const first = items;
      // What those just served may have. The rows of the first claim are worked on though the second fails, or they
      // would wait for the end of their leases; the next claim fails by itself.
      const second = await claim(count - first.length, except).catch((error: unknown) => {
        if (first.length === 0) throw error;
        return [];
      });
      items = [...first, ...second];
    }
    // Where there is less than asked for, nobody is left behind.
    if (items.length < count) return items;
    for (const { row } of items) served.add(row.workspaceId);
    if (served.size > mostRemembered) served.clear();
    return items;
  };
}
