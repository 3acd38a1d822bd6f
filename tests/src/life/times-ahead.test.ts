import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const minute = 60_000;

onEveryStorage("events from the future", (make) => {
  test("up to five minutes ahead are taken, as clocks differ", async () => {
    // S20
    const world = await make();
    const at = new Date(world.clock.now().getTime() + 5 * minute);
    expect(
      await world.csat.ticketResolved({ workspaceId, ticketId: "T1", actorId: null, resolvedAt: at }),
    ).toMatchObject({ kind: "scheduled", dueAt: new Date(at.getTime() + 60 * minute) });
  });

  test.each([
    ["a millisecond more", 5 * minute + 1],
    ["a year", 365 * 24 * 60 * minute],
    ["seconds taken for milliseconds, thousandfold", 1_000 * 56 * 365 * 24 * 60 * minute],
  ])("%s ahead are refused, and leave no trace", async (_name, aheadMs) => {
    // S20
    const world = await make();
    const at = new Date(Math.min(world.clock.now().getTime() + aheadMs, Date.UTC(9999, 0)));
    const ref = { workspaceId, ticketId: "T1" };
    const refusal = (path: string) => ({
      code: "invalid_input",
      issues: [{ path, message: "must not be more than five minutes in the future" }],
    });
    await expect(world.csat.ticketResolved({ ...ref, actorId: null, resolvedAt: at })).rejects.toMatchObject(
      refusal("resolvedAt"),
    );
    await expect(world.csat.ticketLeft({ ...ref, at, reason: "closed" })).rejects.toMatchObject(
      refusal("at"),
    );
    expect(await world.csat.explain(ref)).toEqual([]);
    // S15
    expect(
      await world.csat.ticketsResolved([
        { ...ref, actorId: null, resolvedAt: at },
        { ...ref, ticketId: "T2", actorId: null, resolvedAt: world.clock.now() },
      ]),
    ).toMatchObject([
      { kind: "rejected", ticketId: "T1" },
      { kind: "scheduled", ticketId: "T2" },
    ]);
  });
});
