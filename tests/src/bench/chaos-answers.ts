import { setTimeout as pause } from "node:timers/promises";
import { migrate } from "@csat/postgres";
import { Pool } from "pg";
import { benchDatabase } from "./bench-database.ts";
import { benchDesk, comment, mailedSurveys, resolved } from "./bench-desk.ts";
import type { ChaosServer } from "./chaos-world.ts";
import { millisecondsOf } from "./measure.ts";

const heldMs = 1_000;

/** Answers while nothing else happens, and to tickets that a transaction of the host has locked for a second. */
export interface HeldAnswers {
  readonly quietP99Ms: number;
  readonly heldP99Ms: number;
  readonly lost: number;
}

/** A transaction of the host resolves two tickets in one call and stays open; meanwhile their customers answer. */
export async function answersOfHeldTickets(server: ChaosServer, tickets: number): Promise<HeldAnswers> {
  const database = await benchDatabase({ ...server, stop: async () => {} });
  const pool = new Pool({ connectionString: database.url, max: 40 });
  try {
    await migrate(pool);
    const csat = await benchDesk(pool);
    const quietTokens = await mailedSurveys(pool, { prefix: "quiet", count: tickets });
    const quiet: number[] = [];
    for (const token of quietTokens)
      quiet.push(await millisecondsOf(() => csat.submitResponse({ token, rating: 5, comment })));
    const held: number[] = [];
    for (let from = 0; from < tickets; from += 10) {
      const ids = Array.from({ length: 10 }, (_, place) => `held-${from + place}-0`);
      const tokens: string[] = [];
      for (const id of ids)
        tokens.push(...(await mailedSurveys(pool, { prefix: id.slice(0, -2), count: 1 })));
      await Promise.all(
        tokens.map(async (token, place) => {
          const id = ids[place] ?? "";
          const client = await pool.connect();
          await client.query("begin");
          // One alone would be read without a lock.
          const another = resolved(`quiet-${from + place}`);
          await csat.ticketsResolved([resolved(id), another], { tx: client });
          const answered = millisecondsOf(() => csat.submitResponse({ token, rating: 5, comment }));
          await pause(heldMs);
          await client.query("commit");
          client.release();
          held.push(await answered);
        }),
      );
    }
    const { rows } = await pool.query<{ count: number }>("select count(*)::int as count from csat.answers");
    const lost = quiet.length + held.length - (rows[0]?.count ?? 0);
    return { quietP99Ms: p99(quiet), heldP99Ms: p99(held), lost };
  } finally {
    await pool.end();
    await database.drop();
  }
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
