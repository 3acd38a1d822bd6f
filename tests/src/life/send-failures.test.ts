import type { MailOutcome } from "@csat/core";
import { expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const ticket = { workspaceId, ticketId: "T1" };
const busy: MailOutcome = { kind: "unavailable", error: "450 greylisted", concerns: "recipient" };
const outage: MailOutcome = { kind: "unavailable", error: "connection refused", concerns: "route" };

onEveryStorage("failing mail", (make) => {
  test("a mail that fails for now is tried after 1 m, 5 m, 30 m, 2 h and 6 h, then the survey is failed", async () => {
    // S12
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = () => busy;
    await world.pass({ hours: 1 });
    const tries: number[] = [world.mailer.tried.length];
    for (const minutes of [1, 5, 30, 120, 360]) {
      await world.pass({ ms: minutes * 60_000 - 1 });
      tries.push(world.mailer.tried.length);
      await world.pass({ ms: 1 });
      tries.push(world.mailer.tried.length);
    }
    expect(tries).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
    expect(await world.survey("T1")).toMatchObject({
      status: "failed",
      reason: "attempts_used_up",
      sentAt: null,
    });
    await world.pass({ hours: 48 });
    expect(world.mailer.tried).toHaveLength(6);
    expect((await world.story("T1")).at(-1)).toBe("gave_up:attempts_used_up");
  });

  test("a failed survey is not awaiting an answer", async () => {
    // S12, S50
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = () => busy;
    await world.pass({ hours: 1 });
    expect(await world.csat.getTicketPanel(ticket)).toMatchObject({ state: "scheduled" });
    world.mailer.answer = () => ({ kind: "refused", error: "550" });
    await world.pass({ minutes: 1 });
    expect(await world.csat.getTicketPanel(ticket)).toEqual({ state: "failed", since: world.clock.now() });
  });

  test("a recipient that is refused ends the survey at once; retryFailed sends it again when asked by name", async () => {
    // S12
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = () => ({ kind: "refused", error: "550 5.1.1" });
    await world.pass({ hours: 1 });
    await world.pass({ hours: 24 });
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.survey("T1")).toMatchObject({
      status: "failed",
      reason: "refused",
      mayHaveReached: false,
    });
    world.mailer.answer = () => ({ kind: "accepted", messageId: null });
    expect(await world.csat.retryFailed("globex")).toBe(0);
    expect(await world.csat.retryFailed(workspaceId)).toBe(0);
    expect(await world.csat.retryFailed(workspaceId, { reasons: ["refused"] })).toBe(1);
    await world.pass({ ms: 0 });
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
    expect(await world.csat.retryFailed(workspaceId, { reasons: ["refused"] })).toBe(0);
    expect((await world.story("T1")).slice(-3)).toEqual([
      "gave_up:refused",
      "scheduled:retry_failed",
      "sent",
    ]);
  });

  test("a later resolution revives a survey that reached nobody, not one that may have", async () => {
    // S4, S12
    const world = await make();
    for (const [ticketId, outcome] of [
      ["T1", { kind: "refused", error: "550" }],
      ["T2", { kind: "unknown", error: "lost after DATA" }],
    ] as const) {
      await world.resolve(ticketId);
      world.mailer.answer = () => outcome;
      await world.pass({ hours: 1 });
      await world.reopen(ticketId);
      await world.pass({ hours: 1 });
    }
    expect(await world.resolve("T1")).toMatchObject({ kind: "scheduled", generation: 2 });
    expect(await world.resolve("T2")).toMatchObject({ reason: "already_surveyed" });
  });

  test("an outage burns no attempt, however long, and pauses further mails of the workspace", async () => {
    // S12
    const world = await make();
    for (let ticket = 0; ticket < 25; ticket++) await world.resolve(`T${ticket}`);
    world.mailer.answer = () => outage;
    await world.pass({ hours: 1 });
    // The first ten were under way together; the breaker kept the others from the server.
    expect(world.mailer.tried).toHaveLength(10);
    for (let hour = 0; hour < 8; hour++) await world.pass({ hours: 1 });
    expect(await world.csat.health()).toMatchObject({ failedSurveys: 0 });
    expect(await world.survey("T0")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });
    world.mailer.answer = () => ({ kind: "accepted", messageId: null });
    // Each was put off for an hour at most, and up to five minutes more, lest all come back in one moment.
    await world.pass({ minutes: 65 });
    expect(new Set(world.mailer.accepted.map(({ messageIdLocalPart }) => messageIdLocalPart)).size).toBe(25);
    expect(world.mailer.accepted).toHaveLength(25);
  });

  test("one workspace's outage pauses no other's mails", async () => {
    // S12, S58
    const world = await make();
    await world.csat.updateSettings("globex", { enabled: true, sendDelay: "1_hour" });
    await world.resolve("T1");
    await world.csat.ticketResolved({
      ...ticket,
      workspaceId: "globex",
      actorId: null,
      resolvedAt: world.clock.now(),
    });
    world.mailer.answer = (mail) =>
      mail.workspaceId === workspaceId ? outage : { kind: "accepted", messageId: null };
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map((mail) => mail.workspaceId)).toEqual(["globex"]);
  });

  test("an outage that outlasts the limit ends as expired, not as failed", async () => {
    // S12
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = () => outage;
    for (let day = 0; day < 8; day++) await world.pass({ hours: 24 });
    expect(await world.survey("T1")).toMatchObject({
      status: "skipped",
      reason: "expired",
      mayHaveReached: false,
    });
  });

  test("resolving works with mail and scheduler down, and the sweep sends when they are back", async () => {
    // S9, S16
    const world = await make({ settings: { sendDelay: "immediately" } });
    world.mailer.answer = () => outage;
    world.scheduler.failure = new Error("the queue is down");
    expect(await world.resolve("T1")).toMatchObject({ kind: "scheduled" });
    await world.pass({ ms: 0 });
    expect(await world.reopen("T1")).toMatchObject({ kind: "canceled" });
    world.clock.move(1_000);
    expect(await world.resolve("T1")).toMatchObject({ kind: "scheduled", generation: 2 });
    world.mailer.answer = () => ({ kind: "accepted", messageId: null });
    await world.pass({ minutes: 2 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a mailer that never answers is left before its lease ends, and the link works whatever became of the mail", async () => {
    // S11, S13
    const world = await make({ options: { leaseForMs: 1_000 } });
    await world.resolve("T1");
    world.mailer.answer = () => new Promise(() => {});
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({
      status: "scheduled",
      attempts: 1,
      mayHaveReached: true,
    });
    await world.answer(world.mailer.tried[0], 5);
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("a mailer that is stopped by the deadline and says that nothing was taken is believed", async () => {
    // S12
    const world = await make({ options: { leaseForMs: 1_000 } });
    await world.resolve("T1");
    world.mailer.answer = (_mail, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(outage), { once: true });
      });
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });
  });

  test.each(["ada@example.com", '"ada."@docomo.ne.jp'])(
    "an address in a mailer's error reaches neither the journal nor the store: %s",
    async (address) => {
      // S19, S29
      const world = await make();
      await world.resolve("T1");
      world.mailer.answer = () => ({ kind: "refused", error: `550 <${address}>: unknown user` });
      await world.pass({ hours: 1 });
      expect(await world.story("T1")).toContain("mail_failed:550 <(address)>: unknown user");
    },
  );
});
