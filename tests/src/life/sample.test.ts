import type { DrizzleTx } from "@csat/postgres";
import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const tickets = sized({ usual: 2_000, full: 100_000 });
const ids = Array.from({ length: tickets }, (_, place) => `T${place}`);

/** Those that were chosen, when they are resolved in this order, a thousand at a time. */
async function chosen(
  world: World<DrizzleTx>,
  order: readonly string[],
  minutes = 0,
): Promise<ReadonlySet<string>> {
  const resolvedAt = new Date(world.clock.now().getTime() + minutes * 60_000);
  const found = new Set<string>();
  for (let from = 0; from < order.length; from += 1_000) {
    const outcomes = await world.csat.ticketsResolved(
      order
        .slice(from, from + 1_000)
        .map((ticketId) => ({ workspaceId, ticketId, actorId: null, resolvedAt })),
    );
    for (const outcome of outcomes) {
      const isOut = outcome.kind === "not_surveyed" && outcome.reason === "sampled_out";
      if (!isOut) found.add(outcome.ticketId);
    }
  }
  return found;
}

onEveryStorage("a sample of a quarter", (make) => {
  test("is a quarter, the same tickets in any order and when told again, also when the percentage is another by then", async () => {
    // S62
    const world = await make({ settings: { samplePercent: 25 } });
    const first = await chosen(world, ids);
    // Two thousand vary by a point, a hundred thousand by a seventh of one.
    const allowed = tickets >= 100_000 ? 0.5 : 4;
    expect(Math.abs((100 * first.size) / tickets - 25)).toBeLessThanOrEqual(allowed);
    await world.csat.updateSettings(workspaceId, { samplePercent: 50 });
    expect(await chosen(world, ids, 1)).toEqual(first);

    const other = await make({ settings: { samplePercent: 25 } });
    expect(await chosen(other, ids.toReversed())).toEqual(first);

    const half = await make({ settings: { samplePercent: 50 } });
    const more = await chosen(half, ids);
    expect([...first].filter((id) => !more.has(id))).toEqual([]);
    expect(more.size).toBeGreaterThan(first.size);
  });
});
