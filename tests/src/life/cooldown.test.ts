import type { Mail } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const refused = { kind: "refused", error: "550" } as const;
const cooldown = { settings: { cooldownDays: 30 } };
const ids = (count: number) =>
  Array.from({ length: count }, (_, place) => `T${String(place).padStart(2, "0")}`);

/** Tickets of one customer, due one after the other, a second apart. */
async function flood(world: World<DrizzleTx>, count: number): Promise<readonly string[]> {
  const tickets = ids(count);
  for (const id of tickets) {
    await world.resolve(id);
    world.clock.move(1_000);
  }
  return tickets;
}

async function reasons(world: World<DrizzleTx>, tickets: readonly string[]) {
  const surveys = await Promise.all(tickets.map((id) => world.survey(id)));
  return surveys.map((survey) => survey?.reason ?? survey?.status);
}

const ticketOf = (mail: Mail | undefined) => mail?.subject;

onEveryStorage("a customer is not asked too often", (make) => {
  test("of twenty tickets that one person had resolved the first due is asked about, the others have one date", async () => {
    // S61
    const world = await make(cooldown);
    const tickets = await flood(world, 20);
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toHaveLength(1);
    expect(ticketOf(world.mailer.tried[0])).toContain("T00");
    expect(await reasons(world, tickets)).toEqual(["sent", ...tickets.slice(1).map(() => "asked_recently")]);
    const panels = await Promise.all(
      tickets.slice(1).map((ticketId) => world.csat.getTicketPanel({ workspaceId, ticketId })),
    );
    const begunAt = Number((await world.survey("T00"))?.sentAt);
    const eligibleAt = new Date(begunAt + 30 * 86_400_000);
    expect(new Set(panels.map((panel) => JSON.stringify(panel)))).toEqual(
      new Set([JSON.stringify({ state: "none", notAsked: { reason: "asked_recently", eligibleAt } })]),
    );
    expect((await world.csat.explain({ workspaceId, ticketId: "T19" })).at(-1)).toMatchObject({
      event: "skipped",
      reason: "asked_recently",
      eligibleAt,
    });
  });

  test("when the mail server certainly took nothing, the next one due is asked about", async () => {
    // S61
    const world = await make(cooldown);
    world.mailer.answer = (mail) =>
      world.mailer.tried.length === 1 ? refused : { kind: "accepted", messageId: mail.messageIdLocalPart };
    const tickets = await flood(world, 5);
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map(ticketOf)).toEqual([expect.stringContaining("T01")]);
    expect(await reasons(world, tickets)).toEqual(["refused", "sent", ...Array(3).fill("asked_recently")]);
  });

  test("a mail of which nobody knows whether it arrived counts as asked; its own next attempt is free", async () => {
    // S61
    const world = await make(cooldown);
    world.mailer.answer = (mail) =>
      world.mailer.tried.length === 1
        ? { kind: "unknown", error: "timed out" }
        : { kind: "accepted", messageId: mail.messageIdLocalPart };
    const tickets = await flood(world, 3);
    await world.pass({ hours: 1 });
    expect(await reasons(world, tickets)).toEqual(["scheduled", "asked_recently", "asked_recently"]);
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map(ticketOf)).toEqual([expect.stringContaining("T00")]);
  });

  test.each([
    ["a second before the thirty days are over", -1_000, "asked_recently"],
    ["on the second", 0, "sent"],
  ])("%s", async (_name, ms, expected) => {
    // S61
    const world = await make({ settings: { cooldownDays: 30, sendDelay: "immediately" } });
    await world.resolve("T00");
    await world.pass({});
    world.clock.move(30 * 86_400_000 + ms);
    await world.resolve("T01");
    await world.pass({});
    expect(await reasons(world, ["T00", "T01"])).toEqual(["sent", expected]);
  });

  test("a skipped ticket is asked about after a resolution behind that date; the same no is told once", async () => {
    // S59, S61
    const world = await make({ settings: { cooldownDays: 30, sendDelay: "immediately" } });
    await world.resolve("T00");
    await world.pass({});
    const again = async (days: number) => {
      await world.reopen("T01");
      await world.pass({ hours: 24 * days });
      await world.resolve("T01");
      await world.pass({});
    };
    await again(1);
    await again(1);
    const story = await world.story("T01");
    expect(story.filter((line) => line === "skipped:asked_recently")).toHaveLength(1);
    await again(40);
    expect(await reasons(world, ["T01"])).toEqual(["sent"]);
  });

  test("who answered is not asked within the days after an answer, whichever way the question went", async () => {
    // S61, S82
    const world = await make({ settings: { answerCooldownDays: 90, sendDelay: "immediately" } });
    await world.resolve("T00");
    await world.pass({});
    await world.resolve("T01");
    await world.pass({});
    expect(await reasons(world, ["T01"])).toEqual(["sent"]);
    await world.answer(world.mailer.accepted[0], 4);
    await world.resolve("T02");
    await world.pass({});
    world.clock.move(90 * 86_400_000);
    await world.resolve("T03");
    await world.pass({});
    expect(await reasons(world, ["T02", "T03"])).toEqual(["asked_recently", "sent"]);
  });

  test("a customer is known by the host's id before the address, and by no other workspace", async () => {
    // S49, S60
    const world = await make({ settings: { cooldownDays: 30, sendDelay: "immediately" } });
    const person = (email: string, id: string | null) => ({
      customer: { name: "A", email, locale: null, id },
    });
    world.ticket("T00", person("ada@example.com", "7"));
    world.ticket("T01", person("ada@work.example", "7"));
    world.ticket("T02", person("ada@example.com", "8"));
    world.ticket("T03", person(" BOB@B\u00dcCHER.example ", null));
    world.ticket("T04", person("bob@xn--bcher-kva.example", null));
    const tickets = ids(5);
    for (const id of tickets) {
      await world.resolve(id);
      await world.pass({});
    }
    expect(await reasons(world, tickets)).toEqual([
      "sent",
      "asked_recently",
      "sent",
      "sent",
      "asked_recently",
    ]);
    await world.csat.updateSettings("globex", { enabled: true, cooldownDays: 30, sendDelay: "immediately" });
    const resolved = {
      workspaceId: "globex",
      ticketId: "T00",
      actorId: "zoe",
      resolvedAt: world.clock.now(),
    };
    await world.csat.ticketResolved(resolved);
    await world.pass({});
    expect(world.mailer.accepted).toHaveLength(4);
  });

  test("links for a message of the host's own take the customer's place, and are refused with the date", async () => {
    // S61, S81
    const world = await make({ settings: { cooldownDays: 30 } });
    for (const id of ids(2)) world.ticket(id, { status: "resolved" });
    const ask = (ticketId: string) => {
      const ticket = world.tickets.all.get(ticketId);
      return world.csat.issueLinks({ ref: { workspaceId, ticketId }, ...(ticket ? { ticket } : {}) });
    };
    expect((await ask("T00")).kind).toBe("issued");
    expect((await ask("T00")).kind).toBe("issued");
    const eligibleAt = new Date(world.clock.now().getTime() + 30 * 86_400_000);
    expect(await ask("T01")).toMatchObject({ kind: "not_issued", reason: "asked_recently", eligibleAt });
  });

  test("another process defers while a mail is on its way, and asks when that one was refused", async () => {
    // S61
    const world = await make({ settings: { cooldownDays: 30, sendDelay: "immediately" } });
    let settle = (_outcome: typeof refused) => {};
    world.mailer.answer = (mail) =>
      mail.subject.includes("T00")
        ? new Promise((resolve) => {
            settle = resolve;
          })
        : { kind: "accepted", messageId: mail.messageIdLocalPart };
    await world.resolve("T00");
    const first = world.csat.runDue();
    await expect.poll(() => world.mailer.tried).toHaveLength(1);
    await world.resolve("T01");
    const other = world.anotherProcess();
    await other.runDue();
    expect(await world.story("T01")).toContain("deferred:customer_being_asked");
    expect(world.mailer.tried).toHaveLength(1);
    settle(refused);
    await first;
    world.clock.move(15_000);
    await other.runDue();
    expect(await reasons(world, ["T00", "T01"])).toEqual(["refused", "sent"]);
  });

  test("an erased ticket in the middle of its send holds up nobody for ever", async () => {
    // S56, S61
    const world = await make({ settings: { cooldownDays: 30, sendDelay: "immediately" } });
    await world.resolve("T00");
    world.mailer.answer = async (mail) => {
      await world.csat.eraseTickets([{ workspaceId, ticketId: "T00" }]);
      return { kind: "accepted", messageId: mail.messageIdLocalPart };
    };
    await world.pass({});
    await world.resolve("T01");
    await world.pass({});
    expect(await reasons(world, ["T01"])).toEqual(["asked_recently"]);
  });
});

onDatabases("a customer's place within a transaction of the host's", (make, opened) => {
  test("goes with a rollback, stands with a commit, and is seen by later calls of the same transaction", async () => {
    // S61, S81, S84
    const world = await make(cooldown);
    for (const id of ids(3)) world.ticket(id, { status: "resolved" });
    const ask = (ticketId: string, tx: DrizzleTx) => {
      const ticket = world.tickets.all.get(ticketId);
      if (ticket === undefined) throw new Error(`There is no ${ticketId}.`);
      return world.csat.issueLinks({ ref: { workspaceId, ticketId }, ticket }, { tx });
    };
    const within = (end: "commit" | "rollback") =>
      opened().hostTransaction(async (tx) => {
        expect((await ask("T00", tx)).kind).toBe("issued");
        expect(await ask("T01", tx)).toMatchObject({ kind: "not_issued", reason: "asked_recently" });
        return end;
      });
    await within("rollback");
    await within("commit");
    await opened().hostTransaction(async (tx) => {
      expect(await ask("T02", tx)).toMatchObject({ kind: "not_issued", reason: "asked_recently" });
      return "commit";
    });
  });
});
