import { type Csat, sendDelayMs } from "@csat/core";
import { and, eq } from "drizzle-orm";
import type { Background } from "../background.ts";
import type { DemoClock } from "../clock.ts";
import { csatStorage } from "../csat-storage.ts";
import type { HelpdeskDatabase } from "../database.ts";
import { refuse } from "../refuse.ts";
import { tablesOf } from "../tables/tables.ts";
import { reserveNumbers } from "../tickets.ts";
import { users } from "../users.ts";
import { fatesOf } from "./fates.ts";
import { liveFates } from "./live-fates.ts";
import { withRegulars } from "./regulars.ts";
import type { Seeded, SeedOrder } from "./seeded.ts";
import { rowOf, type SeededTicket } from "./seeded-ticket.ts";
import { insertTickets } from "./ticket-rows.ts";

/**
 * Fills a workspace with a plausible history that ends now. The same order makes the same tickets, ratings and times
 * relative to now, and once per workspace: again it answers what the first call made. Refuses with 409 while surveys are off.
 */
export async function seedHistory(
  parts: {
    readonly database: HelpdeskDatabase;
    readonly csat: Pick<Csat, "getSettings" | "publicUrl">;
    readonly clock: DemoClock;
    readonly background: Background;
  },
  { workspaceId, order }: { readonly workspaceId: string; readonly order: SeedOrder },
): Promise<Seeded> {
  const { database, csat, clock, background } = parts;
  // A worker would take the mails of last month for overdue and send them. Those of other processes on this database
  // are not held back: seed before they start.
  return background.undisturbed(async () => {
    const before = await findSeed(database, workspaceId, order);
    if (before !== null) return { ...before, repeated: true };
    const settings = await csat.getSettings(workspaceId);
    if (!settings.enabled) {
      refuse(409, "csat_disabled", "Surveys are off in this workspace: switch them on under Settings, CSAT.");
    }
    const now = clock.now();
    const delayMs = sendDelayMs(settings.sendDelay);
    const planned = fatesOf({ order, operatorIds: operatorsOf(workspaceId), delayMs });
    const fates = withRegulars(planned, order.seed);
    const firstNumber = await reserveNumbers(database, { workspaceId, count: fates.length });
    const tickets = fates.map(
      (fate, place): SeededTicket => ({
        workspaceId,
        ticketId: `T-${firstNumber + place}`,
        number: firstNumber + place,
        fate,
        status: "open",
        statusChangedAgoMs: fate.createdAgoMs,
      }),
    );
    const result = await liveFates({
      storage: csatStorage(database),
      tickets,
      publicUrl: csat.publicUrl,
      delayMs,
      now,
    });
    const made: Seeded = {
      ...order,
      ...result,
      firstTicketId: `T-${firstNumber}`,
      lastTicketId: `T-${firstNumber + fates.length - 1}`,
      repeated: false,
    };
    await database.transaction(async (tx) => {
      await insertTickets(
        tx,
        tickets.map((ticket) => rowOf(ticket, now)),
      );
      await tx.insert(tablesOf(tx).seeds).values({ workspaceId, ...order, made });
    });
    return made;
  });
}

async function findSeed(
  database: HelpdeskDatabase,
  workspaceId: string,
  order: SeedOrder,
): Promise<Seeded | null> {
  const { seeds } = tablesOf(database);
  const [row] = await database
    .select({ made: seeds.made })
    .from(seeds)
    .where(
      and(
        eq(seeds.workspaceId, workspaceId),
        eq(seeds.tickets, order.tickets),
        eq(seeds.days, order.days),
        eq(seeds.seed, order.seed),
      ),
    );
  return row?.made ?? null;
}

/** Operators do most of the work; the owner helps out. */
function operatorsOf(workspaceId: string): readonly [string, ...string[]] {
  const ids = users.filter((user) => user.workspaceId === workspaceId).map(({ id }) => id);
  const [owner = workspaceId, ...others] = ids;
  return others.length === 0 ? [owner] : [others.at(-1) ?? owner, ...others.slice(0, -1).reverse(), owner];
}
