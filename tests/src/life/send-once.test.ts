import type { MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { killUntil } from "../world/killed-process.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const refused = { kind: "unavailable", error: "451", concerns: "recipient" } as const;

onEveryStorage("one mail", (make) => {
  test("a reopen during the send is too late; if that send fails for now, it is canceled and not retried", async () => {
    // S10
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      expect(await world.reopen("T1")).toMatchObject({ kind: "too_late" });
      expect(await world.survey("T1")).toMatchObject({ status: "sending" });
      return refused;
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({
      status: "canceled",
      reason: "reopened",
      mayHaveReached: false,
    });
    await world.pass({ hours: 24 });
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.story("T1")).toEqual([
      "resolved",
      "scheduled",
      "left:reopened",
      "too_late_to_cancel:reopened",
      "mail_failed:451",
      "canceled:reopened",
    ]);
  });

  test("a reopen during a send that succeeds leaves it sent, and the ticket's mail is used up", async () => {
    // S10, S4
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      await world.reopen("T1");
      return { kind: "accepted", messageId: null };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect(await world.resolve("T1")).toMatchObject({ reason: "already_surveyed" });
  });

  test.each([
    ["is refused", { kind: "refused", error: "550" }],
    ["fails for now", refused],
  ] as const)("a resolution during a send that %s counts, after its full delay", async (_name, outcome) => {
    // S5
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async (): Promise<MailOutcome> => {
      world.mailer.answer = () => ({ kind: "accepted", messageId: null });
      await world.reopen("T1");
      world.clock.move(60_000);
      await world.resolve("T1");
      return outcome;
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled", generation: 2, attempts: 0 });
    await world.pass({ minutes: 59 });
    expect(world.mailer.accepted).toEqual([]);
    await world.pass({ minutes: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a resolution during a send that may have arrived is not surveyed again", async () => {
    // S5, S4
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      await world.reopen("T1");
      world.clock.move(60_000);
      await world.resolve("T1");
      return { kind: "unknown", error: "connection lost" };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "canceled", mayHaveReached: true });
    await world.pass({ hours: 24 });
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("ten processes that look at once mail one survey once", async () => {
    // S10
    const world = await make();
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await Promise.all(Array.from({ length: 10 }, () => world.anotherProcess().runDue()));
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("a crash after the mail server's yes repeats the mail, with the same Message-ID and two working links", async () => {
    // S11, S13
    const world = await make();
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await killUntil(world, 1);
    expect(await world.survey("T1")).toMatchObject({ status: "sending", attempts: 1, mayHaveReached: true });
    while (world.mailer.tried.length < 2) await world.csat.runDue();

    const [first, second] = world.mailer.accepted;
    expect(second?.messageIdLocalPart).toBe(first?.messageIdLocalPart);
    expect(second?.text).not.toBe(first?.text);
    expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 2 });
    expect(await world.story("T1")).toContain("claimed:lease_expired");
    await world.answer(first, 4);
    await expect(world.answer(second, 1)).rejects.toMatchObject({ code: "already_responded" });
  });

  test("a send that crashed is not repeated when the ticket was left since, whatever the host says of it", async () => {
    // S10
    const world = await make();
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await killUntil(world, 1);
    const left = { workspaceId, ticketId: "T1", at: world.clock.now(), reason: "reopened" } as const;
    expect(await world.csat.ticketLeft(left)).toMatchObject({ kind: "too_late" });
    const ended = () => world.survey("T1").then((survey) => survey?.status === "canceled");
    while (!(await ended())) await world.csat.runDue();
    expect(world.mailer.tried).toHaveLength(1);
    expect((await world.story("T1")).slice(-2)).toEqual(["claimed:lease_expired", "canceled:reopened"]);
    await world.answer(world.mailer.tried[0], 4);
  });

  test("a send that crashed is repeated whatever rules and cooldown say now, and keeps its place at the customer", async () => {
    // S11, S59, S61
    let asked = 0;
    const decide = () => {
      asked += 1;
      return asked === 1 ? "ask" : "skip";
    };
    const rules = [{ name: "once", decide }] as const;
    const world = await make({ settings: { cooldownDays: 30 }, options: { rules } });
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await killUntil(world, 1);
    await world.resolve("T2");
    world.clock.move(3_600_000);
    while (world.mailer.tried.length < 2) await world.anotherProcess({ rules: [] }).runDue();
    await world.anotherProcess({ rules: [] }).runDue();
    expect(new Set(world.mailer.tried.map(({ messageIdLocalPart }) => messageIdLocalPart)).size).toBe(1);
    expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 2 });
    world.clock.move(15_000);
    await world.anotherProcess({ rules: [] }).runDue();
    expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "asked_recently" });
  });

  test("a send that crashed is not repeated for a ticket that is open by now: nobody knows whether its mail arrived", async () => {
    // S11, S59
    const world = await make();
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await killUntil(world, 1);
    world.ticket("T1", { status: "open" });
    const ended = () => world.survey("T1").then((survey) => survey?.status === "failed");
    while (!(await ended())) await world.csat.runDue();
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.survey("T1")).toMatchObject({ reason: "indeterminate" });
    expect((await world.story("T1")).slice(-2)).toEqual([
      "skipped:ticket_not_resolved",
      "gave_up:indeterminate",
    ]);
    await world.answer(world.mailer.tried[0], 4);
  });

  test("a survey whose worker crashes each time is given up after six attempts as indeterminate", async () => {
    // S11
    const world = await make();
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await killUntil(world, 6);
    const ended = () => world.survey("T1").then((survey) => survey?.status === "failed");
    while (!(await ended())) await world.csat.runDue();
    expect(world.mailer.tried).toHaveLength(6);
    expect(new Set(world.mailer.tried.map(({ messageIdLocalPart }) => messageIdLocalPart)).size).toBe(1);
    expect(await world.survey("T1")).toMatchObject({ reason: "indeterminate", mayHaveReached: true });
    expect(await world.csat.getTicketPanel({ workspaceId, ticketId: "T1" })).toMatchObject({
      state: "failed",
    });
  });
});
