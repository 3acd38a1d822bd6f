import { type AskRule, silentLogger } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const ada = { name: "Ada", email: "ada@example.com", locale: null };
const ref = { workspaceId, ticketId: "T1" };
const by = { actorId: "eve" };

async function sentAfter(world: World<DrizzleTx>, hours = 1): Promise<string | null | undefined> {
  await world.pass({ hours });
  const survey = await world.survey("T1");
  return survey?.reason ?? survey?.status;
}

onEveryStorage("whom to ask", (make) => {
  test("a ticket that is left out cancels what waits, and is asked about after the resolution that follows its letting in", async () => {
    // S64
    const world = await make();
    await world.resolve("T1");
    expect(await world.csat.leaveOut([ref], by)).toEqual([{ ...ref, kind: "left_out", canceled: true }]);
    expect(world.scheduler.canceled).toHaveLength(1);
    expect(await world.csat.leaveOut([ref], by)).toEqual([{ ...ref, kind: "left_out", canceled: false }]);
    await world.reopen("T1");
    await world.pass({ hours: 1 });
    expect(await world.resolve("T1")).toMatchObject({ kind: "not_surveyed", reason: "left_out" });
    expect(await world.csat.getTicketPanel(ref)).toEqual({
      // S68
      state: "none",
      notAsked: { reason: "left_out", eligibleAt: null },
      leftOut: true,
    });
    await world.csat.letIn([ref], by);
    await world.pass({ hours: 24 });
    expect(world.mailer.tried).toEqual([]);
    await world.reopen("T1");
    await world.pass({ hours: 1 });
    await world.resolve("T1");
    expect(await sentAfter(world)).toBe("sent");
    expect(await world.csat.leaveOut([ref], by)).toEqual([{ ...ref, kind: "too_late" }]);
    const journal = await world.csat.explain(ref);
    expect(journal.filter(({ actorId }) => actorId === "eve").map(({ event }) => event)).toEqual([
      "left_out",
      "let_in",
      "left_out",
    ]);
  });

  test("left out while its mail is on the way, a ticket gets no other one when that reaches nobody", async () => {
    // S64
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      expect(await world.csat.leaveOut([ref], by)).toEqual([{ ...ref, kind: "too_late" }]);
      return { kind: "unavailable", concerns: "recipient", error: "450" };
    };
    await world.pass({ hours: 1 });
    expect(await sentAfter(world)).toBe("left_out");
    expect(world.mailer.tried).toHaveLength(1);
  });

  test("a resolution that asks nobody counts for itself alone, by event time", async () => {
    // S20, S64
    const world = await make();
    world.ticket("T1", { status: "resolved" });
    const at = (minutes: number) => new Date(world.clock.now().getTime() + minutes * 60_000);
    const resolved = (minutes: number, ask?: boolean) =>
      world.csat.ticketResolved({
        ...ref,
        actorId: "bob",
        resolvedAt: at(minutes),
        ...(ask === undefined ? {} : { ask }),
      });
    expect(await resolved(-10, false)).toMatchObject({ kind: "not_surveyed", reason: "left_out" });
    await world.csat.ticketLeft({ ...ref, at: at(-5), reason: "reopened" });
    expect(await resolved(-7)).toMatchObject({ kind: "not_surveyed", reason: "left_since" });
    expect((await resolved(0)).kind).toBe("scheduled");
    expect(await sentAfter(world)).toBe("sent");
  });

  test("nobody who only a machine reads for, or who worked on the ticket, is asked, unless that is switched off", async () => {
    // S65
    const why = async (change: object, neverAsk?: object) => {
      const world = await make(neverAsk === undefined ? {} : { options: { neverAsk } });
      world.ticket("T1", change);
      await world.resolve("T1");
      return sentAfter(world);
    };
    const role = { customer: { ...ada, email: "No.Reply+x@example.com" } };
    const self = { customer: { ...ada, operatorId: "olivia" } };
    const assignee = { assignee: { id: "b", name: "B", email: "ADA@example.com" } };
    expect(await why(role)).toBe("role_address");
    expect(await why(self)).toBe("asked_oneself");
    expect(await why(assignee)).toBe("asked_oneself");
    expect(await why({ customer: { ...ada, id: "olivia" } })).toBe("sent");
    expect(await why(role, { roleAddresses: false })).toBe("sent");
    expect(await why(self, { oneself: false })).toBe("sent");
  });

  test("a ticket outside of the sample schedules nothing, whatever comes again and whatever the sample is then", async () => {
    // S62
    const world = await make({ settings: { samplePercent: 25 } });
    const kinds = new Map<string, string>();
    for (let number = 0; number < 40; number += 1) {
      const outcome = await world.resolve(`T${number}`);
      kinds.set(outcome.ticketId, "reason" in outcome ? outcome.reason : outcome.kind);
    }
    expect(new Set(kinds.values())).toEqual(new Set(["scheduled", "sampled_out"]));
    await world.csat.updateSettings(workspaceId, { samplePercent: 100 });
    const [out = ""] = [...kinds].find(([, kind]) => kind === "sampled_out") ?? [];
    await world.reopen(out);
    await world.pass({ minutes: 1 });
    expect(await world.resolve(out)).toMatchObject({ reason: "sampled_out" });
    expect(await world.csat.getTicketPanel({ workspaceId, ticketId: out })).toEqual({
      state: "none",
      notAsked: { reason: "sampled_out", eligibleAt: null, percent: 25 },
    });
  });
});

onEveryStorage("the rules of the host", (make) => {
  const rule = (name: string, decide: AskRule["decide"]): AskRule => ({ name, decide });

  test("are asked in their order with what is known of the ticket, and the first that says no decides", async () => {
    // S59, S63
    const asked: string[] = [];
    const rules = [
      rule("vip", ({ attributes }) => {
        asked.push("vip");
        return attributes.team === "vip" ? "ask" : "skip";
      }),
      rule("never", () => {
        asked.push("never");
        return "skip";
      }),
    ];
    const world = await make({ options: { rules } });
    world.ticket("T1", { attributes: { team: "billing" } });
    await world.resolve("T1");
    expect(await sentAfter(world)).toBe("rule:vip");
    expect(asked).toEqual(["vip"]);
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "skipped:rule:vip"]);
  });

  test("put a survey off to a time, which is told once, and beyond the latest one it is expired", async () => {
    // S63, S66
    let until = new Date("2026-03-03T08:00:00.000Z");
    const rules = [rule("mornings", ({ now }) => (now < until ? { notBefore: until } : "ask"))];
    const world = await make({ options: { rules } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await world.csat.getTicketPanel(ref)).toEqual({ state: "scheduled", dueAt: until });
    await world.pass({ hours: 1 });
    expect((await world.csat.explain(ref)).at(-1)).toMatchObject({
      event: "deferred",
      reason: "rule:mornings",
      eligibleAt: until,
    });
    expect(await sentAfter(world, 18)).toBe("sent");
    until = new Date("2026-04-01T08:00:00.000Z");
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "expired" });
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("ada@example.com");
      },
    ],
    // A rule in JavaScript may answer anything.
    ["answers nonsense", () => "perhaps" as "ask"],
    // As the one before.
    ["answers a promise", () => Promise.resolve("ask") as unknown as "ask"],
  ])("one that %s delays the survey, burns no attempt, and is named in the log", async (_name, decide) => {
    // S63
    const lines: string[] = [];
    const logger = { ...silentLogger, error: (fields: object) => lines.push(JSON.stringify(fields)) };
    let isBroken = true;
    const rules = [rule("broken", () => (isBroken ? decide() : "ask"))];
    const world = await make({ options: { rules, logger } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled", attempts: 0 });
    expect(lines.join()).toContain("broken");
    expect(lines.join()).not.toContain("ada@example.com");
    isBroken = false;
    expect(await sentAfter(world)).toBe("sent");
  });

  test("one that holds up the process for a tenth of a second costs that time, and no survey", async () => {
    // S63
    const slow = rule("slow", () => {
      // What it is busy with makes no difference; it ends by work done, not by the clock.
      for (let left = 20_000_000; left > 0; left -= 1) Math.sqrt(left);
      return "ask";
    });
    const world = await make({ options: { rules: [slow] } });
    for (const ticketId of ["T1", "T2", "T3"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(3);
  });

  test("attributes that are too many, too long or no attributes at all lose no survey, and are logged by name", async () => {
    // S63
    const lines: string[] = [];
    const logger = { ...silentLogger, warn: (fields: object) => lines.push(JSON.stringify(fields)) };
    const seen: number[] = [];
    const watch = rule("watch", ({ attributes }) => {
      seen.push(Object.entries(attributes).length);
      return "ask";
    });
    const world = await make({ options: { rules: [watch], logger } });
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`a${place}`, "x"]));
    const hostile: readonly unknown[] = [
      nine,
      { big: "x".repeat(2_000) },
      JSON.parse('{"__proto__":{"team":"vip"},"team":"billing"}'),
      "no attributes",
      [["team", "vip"]],
    ];
    for (const [place, attributes] of hostile.entries()) {
      // A host in JavaScript may give anything.
      world.ticket(`T${place}`, { attributes: attributes as Readonly<Record<string, string>> });
      await world.resolve(`T${place}`);
    }
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(hostile.length);
    expect(seen.toSorted((one, other) => one - other)).toEqual([0, 0, 0, 1, 8]);
    expect(lines.filter((line) => line.includes("dropped"))).toHaveLength(hostile.length);
    expect(lines.join()).toContain("a8");
  });
});
