import type { MailOutcome } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { sized } from "@csat-internal/test-support";
import { describe, expect, test } from "vitest";
import { aWorld, type World, workspaceId } from "../world/a-world.ts";
import { type Server, servers } from "../world/own-connections.ts";

const workers = 20;
const surveys = 50;
const rounds = sized({ usual: 4, full: 30 });
const refused: MailOutcome = { kind: "refused", error: "550" };

/** Twenty workers with a connection each, and round after round of fifty surveys that one customer is due at once. */
async function rush(
  { open, connect }: Server,
  answers: (nth: number, isDeferred: () => Promise<boolean>) => MailOutcome | Promise<MailOutcome>,
) {
  const server = await open();
  const world = await aWorld({ storage: await server.fresh(), settings: { cooldownDays: 30 } });
  const connections = Array.from({ length: workers }, () => connect(server.url));
  const processes = connections.map(({ storage }) => world.anotherProcess({ storage }));
  const mails: string[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const tried: string[] = [];
    mails.push(tried);
    world.mailer.answer = async (mail) => {
      tried.push(mail.messageIdLocalPart);
      return answers(tried.length, () => isAnyDeferred(world, round));
    };
    await dueAtOnce(world, round);
    while ((await world.csat.health()).dueSurveys > 0 || (await isWaiting(world, round))) {
      await Promise.all(processes.map((csat) => csat.runDue()));
      world.clock.move(15_000);
    }
  }
  const ended = await Promise.all(Array.from({ length: rounds }, (_, round) => endings(world, round)));
  await Promise.all(connections.map(({ end }) => end()));
  await server.close();
  return { mails, ended };
}

const ticketsOf = (round: number) => Array.from({ length: surveys }, (_, place) => `R${round}-${place}`);

async function dueAtOnce(world: World<DrizzleTx>, round: number): Promise<void> {
  const customer = { name: "Ada", email: `ada${round}@example.com`, locale: null };
  const resolvedAt = world.clock.now();
  for (const ticketId of ticketsOf(round)) world.ticket(ticketId, { status: "resolved", customer });
  await world.csat.ticketsResolved(
    ticketsOf(round).map((ticketId) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt })),
  );
  world.clock.move(3_600_000);
}

async function isWaiting(world: World<DrizzleTx>, round: number): Promise<boolean> {
  const panels = await Promise.all(
    ticketsOf(round).map((ticketId) => world.csat.getTicketPanel({ workspaceId, ticketId })),
  );
  return panels.some(({ state }) => state === "scheduled");
}

async function isAnyDeferred(world: World<DrizzleTx>, round: number): Promise<boolean> {
  const journals = await Promise.all(
    ticketsOf(round).map((ticketId) => world.csat.explain({ workspaceId, ticketId })),
  );
  return journals.flat().some(({ reason }) => reason === "customer_being_asked");
}

/** How many surveys of a round ended how, and with how many dates from which they may be asked again. */
async function endings(world: World<DrizzleTx>, round: number) {
  const panels = await Promise.all(
    ticketsOf(round).map((ticketId) => world.csat.getTicketPanel({ workspaceId, ticketId })),
  );
  const count = (state: string) => panels.filter((panel) => panel.state === state).length;
  const noes = panels.flatMap((panel) =>
    panel.state === "none" && panel.notAsked?.reason === "asked_recently" ? [panel.notAsked] : [],
  );
  return {
    awaiting: count("awaiting"),
    failed: count("failed"),
    notAsked: noes.length,
    dates: new Set(noes.map(({ eligibleAt }) => eligibleAt?.getTime())).size,
  };
}

describe.each(servers)("twenty workers and fifty due surveys of one customer, on $name", (server) => {
  test("one mail a round; the other forty-nine are not asked, with one date", async () => {
    // S61
    const { mails, ended } = await rush(server, () => ({ kind: "accepted", messageId: null }));
    expect(mails.map(({ length }) => length)).toEqual(Array(rounds).fill(1));
    expect(ended).toEqual(Array(rounds).fill({ awaiting: 1, failed: 0, notAsked: 49, dates: 1 }));
  });

  test("when the first is refused the next one due gets the mail, and nobody else", async () => {
    // S61
    const { mails, ended } = await rush(server, (nth) =>
      nth === 1 ? refused : { kind: "accepted", messageId: null },
    );
    expect(mails.map(({ length }) => length)).toEqual(Array(rounds).fill(2));
    expect(ended).toEqual(Array(rounds).fill({ awaiting: 1, failed: 1, notAsked: 48, dates: 1 }));
  });

  test("when the first hangs until the others have looked, and is refused then, the next one gets it", async () => {
    // S61
    const { mails, ended } = await rush(server, async (nth, isDeferred) => {
      if (nth > 1) return { kind: "accepted", messageId: null };
      // Of fifty surveys one worker holds ten: four others find the place taken while this mail hangs.
      await expect.poll(isDeferred).toBe(true);
      return refused;
    });
    expect(mails.map(({ length }) => length)).toEqual(Array(rounds).fill(2));
    expect(ended).toEqual(Array(rounds).fill({ awaiting: 1, failed: 1, notAsked: 48, dates: 1 }));
  });
});
