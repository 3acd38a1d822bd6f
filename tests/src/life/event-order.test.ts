import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

// The hour before the clock of the tests begins.
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 11, minute));
const resolved = (minute: number, actorId: string | null = "olivia") => ({
  workspaceId,
  ticketId: "T1",
  actorId,
  resolvedAt: at(minute),
});
const left = (minute: number) => ({
  workspaceId,
  ticketId: "T1",
  at: at(minute),
  reason: "reopened" as const,
});

onEveryStorage("events in any order", (make) => {
  test("a resolution that arrives after the leaving that followed it schedules nothing", async () => {
    // S20
    const world = await make();
    expect(await world.csat.ticketLeft(left(10))).toMatchObject({ kind: "nothing_pending" });
    expect(await world.csat.ticketResolved(resolved(5))).toMatchObject({ reason: "left_since" });
    expect(await world.csat.ticketResolved(resolved(10))).toMatchObject({ reason: "left_since" });
    expect(await world.csat.ticketResolved(resolved(11))).toMatchObject({ kind: "scheduled", generation: 1 });
  });

  test("a leaving that is older than the resolution cancels nothing", async () => {
    // S20
    const world = await make();
    await world.csat.ticketResolved(resolved(20));
    expect(await world.csat.ticketLeft(left(10))).toMatchObject({ kind: "nothing_pending" });
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled" });
  });

  test("a reopen that arrives late, between two known resolutions, moves the survey to the second one", async () => {
    // S5, S20
    const world = await make();
    world.ticket("T1", { status: "resolved" });
    await world.csat.ticketResolved(resolved(0));
    await world.csat.ticketResolved(resolved(20));
    expect(await world.csat.ticketLeft(left(10))).toMatchObject({
      kind: "canceled",
      generation: 1,
      rearmed: { generation: 2, dueAt: at(80) },
    });
    await world.pass({ minutes: 19 });
    expect(world.mailer.tried).toEqual([]);
    await world.pass({ minutes: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
    expect(await world.story("T1")).toEqual([
      "resolved",
      "left:reopened",
      "resolved",
      "scheduled",
      "not_scheduled:already_scheduled",
      "canceled:reopened",
      "scheduled:resolved_again",
      "sent",
    ]);
  });

  test("the same events once more change nothing", async () => {
    // S15, S20
    const world = await make();
    world.ticket("T1", { status: "resolved" });
    for (let time = 0; time < 3; time++) {
      await world.csat.ticketResolved(resolved(0));
      await world.csat.ticketLeft(left(10));
      await world.csat.ticketResolved(resolved(20));
    }
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled", generation: 2, dueAt: at(80) });
  });

  test("a resolution older than a week on arrival is attributed and not surveyed", async () => {
    // S20, S46
    const world = await make();
    world.clock.move(8 * 86_400_000);
    expect(await world.csat.ticketResolved(resolved(0, "early"))).toMatchObject({ reason: "expired" });
    expect(
      await world.csat.ticketResolved({ ...resolved(0, "late"), resolvedAt: world.clock.now() }),
    ).toMatchObject({ kind: "scheduled" });
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "early" });
  });

  test("the earliest resolver by event time is credited, also when told last or while surveys were off", async () => {
    // S46, S33
    const world = await make({ settings: { enabled: false } });
    await world.csat.ticketResolved(resolved(10, "carol"));
    await world.csat.updateSettings(workspaceId, { enabled: true });
    await world.csat.ticketLeft(left(11));
    await world.csat.ticketResolved(resolved(20, "bob"));
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "carol" });
    await world.csat.ticketResolved(resolved(5, "dora"));
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "dora" });
  });

  test("of resolvers at the same time the smaller id is credited, an automation last", async () => {
    // S46, S47
    const world = await make();
    await world.csat.ticketResolved(resolved(0, null));
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: null });
    await world.csat.ticketResolved(resolved(0, "bob"));
    await world.csat.ticketResolved(resolved(0, "adam"));
    await world.csat.ticketResolved(resolved(0, null));
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "adam" });
  });
});
