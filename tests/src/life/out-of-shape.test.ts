import { type Csat, type CsatOptions, type LogFields, silentLogger } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aWorld, type World, workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";
import { inMemory } from "../world/storages.ts";

type Host = Partial<Pick<CsatOptions<DrizzleTx>, "mailer" | "tickets" | "clock">>;

const minutesOfAWeek = 7 * 24 * 60;
// How often the worker looks during that week.
const everyMinutes = sized({ usual: 7, full: 1 });

/** A host in JavaScript: what it hands over has no types. */
const untyped = (host: object) => host as Host; // As far as its types go.

async function aWorldWith(make: MakeWorld, host: (world: World<DrizzleTx>) => object) {
  const told: (LogFields & { readonly message: string })[] = [];
  const tell = (fields: LogFields, message: string) => void told.push({ ...fields, message });
  const world = await make({ settings: { sendDelay: "immediately" } });
  const logger = { ...silentLogger, warn: tell, error: tell };
  const csat: Csat<DrizzleTx> = world.anotherProcess({ logger, ...untyped(host(world)) });
  await world.resolve("T1");
  return { world, csat, told };
}

async function runEveryMinute(
  world: World<DrizzleTx>,
  csat: Csat<DrizzleTx>,
  minutes: number,
): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await csat.runDue();
    world.clock.move(60_000);
  }
}

onEveryStorage("hosts that answer out of shape", (make) => {
  test("a mailer that leaves out its messageId mails once, and is logged", async () => {
    // S10
    let mails = 0;
    const send = async () => {
      mails++;
      return { kind: "accepted" };
    };
    const { world, csat, told } = await aWorldWith(make, () => ({ mailer: { send } }));
    await runEveryMinute(world, csat, 30);
    expect(mails).toBe(1);
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent"]);
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain("messageId");
  });

  test.each<readonly [string, unknown]>([
    ["undefined", undefined],
    ["another kind", { kind: "sent" }],
    ["what Nodemailer resolves with", { accepted: ["ada@example.com"], messageId: "<1@x>" }],
  ])(
    "a mailer that answers %s is tried by the schedule, then given up as indeterminate",
    async (_name, answer) => {
      // S12
      let mails = 0;
      const send = async () => {
        mails++;
        return answer;
      };
      const { world, csat, told } = await aWorldWith(make, () => ({ mailer: { send } }));
      await runEveryMinute(world, csat, 1);
      expect(mails).toBe(1);
      // 1 m, 5 m, 30 m, 2 h and 6 h later.
      for (const minutes of [1, 5, 30, 120, 360]) {
        world.clock.move(minutes * 60_000);
        await csat.runDue();
      }
      expect(mails).toBe(6);
      world.clock.move(86_400_000);
      await csat.runDue();
      expect(mails).toBe(6);
      expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "indeterminate" });
      expect(told.filter(({ message }) => message.includes("out of shape"))).toHaveLength(6);
    },
  );

  test.each<readonly [string, object]>([
    ["name", { customer: { email: "ada@example.com", locale: null } }],
    ["locale", { customer: { email: "ada@example.com", name: "Ada" } }],
    ["URL", { url: undefined }],
    ["assignee", { assignee: undefined }],
  ])("a ticket source that leaves out the %s gets its survey sent", async (_field, change) => {
    const { world, csat } = await aWorldWith(make, ({ tickets }) => ({
      tickets: { ...tickets, getTicket: async () => ({ ...tickets.all.get("T1"), ...change }) },
    }));
    await runEveryMinute(world, csat, 2);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a ticket source that leaves out the workspaceName is named in the log, puts the survey off, and is journaled once", async () => {
    // S6, S19
    let change: object = { workspaceName: undefined };
    const { world, csat, told } = await aWorldWith(make, ({ tickets }) => ({
      tickets: { ...tickets, getTicket: async () => ({ ...tickets.all.get("T1"), ...change }) },
    }));
    await runEveryMinute(world, csat, 60);
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "mail_failed:ticket_source_invalid"]);
    expect(told[0]?.cause).toMatch(/^invalid_answer: .*workspaceName must be text/);
    change = {};
    await runEveryMinute(world, csat, 2);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("each reason for which a survey is put off is journaled once, whatever their order", async () => {
    // S19
    const reasons: (() => unknown)[] = [
      () => Promise.reject(new Error("down")),
      () => ({}),
      () => ({ status: "resolved", workspaceName: "Acme", customer: {}, ticketId: "T2" }),
    ];
    let turn = 0;
    const { world, csat } = await aWorldWith(make, ({ tickets }) => ({
      tickets: { ...tickets, getTicket: async () => reasons[turn++ % reasons.length]?.() },
    }));
    await runEveryMinute(world, csat, 30);
    expect(await world.story("T1")).toEqual([
      "resolved",
      "scheduled",
      "mail_failed:ticket_source_failed",
      "mail_failed:ticket_source_invalid",
    ]);
  });

  test("whatever throws between the claim and the send puts the survey off, journaled once", async () => {
    // S6
    let isBroken = true;
    const { world, csat, told } = await aWorldWith(make, ({ tickets }) => ({
      tickets: {
        ...tickets,
        getTicket: async () => ({
          ...tickets.all.get("T1"),
          get subject(): string {
            if (isBroken) throw new RangeError("Invalid array length");
            return "Printer";
          },
        }),
      },
    }));
    await runEveryMinute(world, csat, 60);
    expect(await world.story("T1")).toHaveLength(3);
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled", attempts: 0 });
    expect(told[0]?.cause).toBe("RangeError: Invalid array length");
    isBroken = false;
    await runEveryMinute(world, csat, 2);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("what a mailer says is stored without what no database takes", async () => {
    const error = "550 \u0000no such user \ud83d dana@example.com";
    const { world, csat } = await aWorldWith(make, () => ({
      mailer: { send: async () => ({ kind: "refused", error }) },
    }));
    await runEveryMinute(world, csat, 1);
    expect(await world.story("T1")).toContain("mail_failed:550 no such user \ufffd (address)");
  });

  test("a clock that tells no time stores none", async () => {
    const { csat } = await aWorldWith(make, () => ({ clock: { now: () => new Date(Number.NaN) } }));
    await expect(csat.runDue()).rejects.toMatchObject({ code: "invalid_answer" });
  });
});

test("a week of a host that is out of shape adds one row to the journal", async () => {
  const make: MakeWorld = async (change = {}) => aWorld<DrizzleTx>({ storage: inMemory(), ...change });
  const { world, csat } = await aWorldWith(make, () => ({
    tickets: { getTicket: async () => ({}), getTickets: () => [] },
  }));
  for (let minute = 0; minute <= minutesOfAWeek + everyMinutes; minute += everyMinutes) {
    await csat.runDue();
    world.clock.move(everyMinutes * 60_000);
  }
  expect(await csat.explain({ workspaceId, ticketId: "T1" })).toHaveLength(4);
  expect(await world.story("T1")).toEqual([
    "resolved",
    "scheduled",
    "mail_failed:ticket_source_invalid",
    "skipped:expired",
  ]);
});
