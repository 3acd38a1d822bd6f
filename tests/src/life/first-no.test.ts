import type { MailOutcome } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { describe, expect, test } from "vitest";
import { aWorld, type World, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

const busy: MailOutcome = { kind: "unavailable", concerns: "recipient", error: "450" };
const customer = { name: "Ada", email: "ada@example.com", locale: null, id: "7" };

interface Facts {
  readonly world: World<DrizzleTx>;
  customer: { name: string; email: string | null; locale: null; id: string; operatorId?: string };
  isRuledOut: boolean;
}

type Cause = (facts: Facts) => unknown;

/** Everything that can speak against a second attempt, in the order in which it decides. */
const causes: Readonly<Record<string, Cause>> = {
  expired: ({ world }) => world.clock.move(7 * 86_400_000 + 1),
  ticket_not_found: ({ world }) => void world.tickets.all.delete("T1"),
  ticket_not_resolved: ({ world }) => world.ticket("T1", { status: "open" }),
  csat_disabled: ({ world }) => world.csat.updateSettings(workspaceId, { enabled: false }),
  no_customer_email: (facts) => {
    facts.customer = { ...facts.customer, email: null };
  },
  role_address: (facts) => {
    facts.customer = { ...facts.customer, email: "no-reply@example.com" };
  },
  asked_oneself: (facts) => {
    facts.customer = { ...facts.customer, operatorId: "olivia" };
  },
  left_out: () => {},
  "rule:mine": (facts) => {
    facts.isRuledOut = true;
  },
  asked_recently: async ({ world }) => {
    world.mailer.answer = () => ({ kind: "accepted", messageId: null });
    world.ticket("T0", { customer });
    await world.resolve("T0");
    await world.pass({});
  },
};

/** Pairs that cannot stand side by side. */
const apart = new Set(["ticket_not_found ticket_not_resolved", "no_customer_email role_address"]);

const names = Object.keys(causes);
const pairs = names.flatMap((first, place) =>
  names
    .slice(place + 1)
    .flatMap((second) => (apart.has(`${first} ${second}`) ? [] : [[first, second] as const])),
);

/** A survey whose first attempt reached nobody; then each of these comes to be, and the second attempt is due. */
async function storyWith(...said: readonly string[]): Promise<readonly string[]> {
  const facts: { isRuledOut: boolean } = { isRuledOut: false };
  const rules = [{ name: "mine", decide: () => (facts.isRuledOut ? ("skip" as const) : ("ask" as const)) }];
  const settings = { cooldownDays: 30, sendDelay: "immediately" } as const;
  const world = await aWorld<DrizzleTx>({ storage: inMemory(), settings, options: { rules } });
  const all: Facts = Object.assign(facts, { world, customer });
  world.ticket("T1", { customer });
  await world.resolve("T1");
  world.mailer.answer = async () => {
    if (said.includes("left_out"))
      await world.csat.leaveOut([{ workspaceId, ticketId: "T1" }], { actorId: null });
    return busy;
  };
  await world.pass({});
  // Whom else was asked is asked before anything is switched off.
  for (const name of said.toReversed()) await causes[name]?.(all);
  if (world.tickets.all.has("T1")) world.ticket("T1", { customer: all.customer });
  await world.pass({ minutes: 5 });
  return (await world.story("T1")).filter((line) => line.startsWith("skipped:"));
}

describe("of all that speaks against asking the first in the order decides, and is told once", () => {
  // S59, S63, S64, S65
  test.each(names)("%s", async (name) => {
    expect(await storyWith(name)).toEqual([`skipped:${name}`]);
  });

  test.each(pairs)("%s before %s", async (first, second) => {
    expect(await storyWith(first, second)).toEqual([`skipped:${first}`]);
  });
});
