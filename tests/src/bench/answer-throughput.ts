import { migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { alternating } from "./measure.ts";

/** How many answers each run records, through how many connections at once, and how often each way runs. */
export interface AnswerLoad {
  readonly answers: number;
  readonly clients: number;
  readonly rounds: number;
}

/** Answers per second, and what became of them. */
export interface AnswerThroughput {
  readonly counting: number;
  readonly withoutCounting: number;
  /** The answers of the counting runs as the figures have them, and as they were given: equal. */
  readonly countedAnswers: number;
  readonly givenAnswers: number;
}

const day = "2026-03-03";
const noon = new Date(`${day}T12:00:00Z`);
const { signal } = new AbortController();
// About once a second; the sweep of a worker folds once a minute.
const answersPerFold = 1000;

/**
 * Answers of many clients at once into one workspace, one operator and one day, with the triggers that count and folds
 * beside, and without either. Its database is left with these rows.
 */
export async function measureAnswers(url: string, load: AnswerLoad): Promise<AnswerThroughput> {
  const pool = new Pool({ connectionString: url, max: load.clients + 1 });
  try {
    const db = drizzle(pool);
    await migrate(db);
    const storage = postgresStorage(db);
    let runs = 0;
    let given = 0;
    const run = async (isCounting: boolean): Promise<number> => {
      runs += 1;
      const prefix = `run${runs}`;
      await countingIs(pool, true);
      await loadSurveys(pool, { prefix, count: load.answers });
      await countingIs(pool, isCounting);
      await pool.query("vacuum analyze csat.surveys, csat.tokens, csat.responses, csat.count_deltas");
      await pool.query("checkpoint");
      const folds: Promise<void>[] = [];
      let next = 0;
      const begunAt = performance.now();
      const client = async (): Promise<void> => {
        for (let index = next++; index < load.answers; index = next++) {
          if (isCounting && index % answersPerFold === 0) folds.push(storage.maintain(noon, signal));
          await storage.responses.record({
            tokenHash: `${prefix} ${index}`,
            rating: ([5, 4, 3, 2, 1] as const)[index % 5] ?? 5,
            comment: "Quick and friendly.",
            respondedAt: noon,
            eventId: `${prefix} ${index}`,
          });
        }
      };
      await Promise.all(Array.from({ length: load.clients }, client));
      const seconds = (performance.now() - begunAt) / 1000;
      await Promise.all(folds);
      if (isCounting) given += load.answers;
      return load.answers / seconds;
    };
    const [withoutCounting = 0, counting = 0] = await alternating(load.rounds, [
      () => run(false),
      () => run(true),
    ]);
    const window = { from: new Date(`${day}T00:00:00Z`), until: new Date("2026-03-04T00:00:00Z") };
    const { ratings } = await storage.metrics.read({
      workspaceId: "bench",
      current: window,
      previous: { from: new Date("2026-03-02T00:00:00Z"), until: window.from },
    });
    const countedAnswers = ratings.reduce((sum, { count }) => sum + count, 0);
    return { counting, withoutCounting, countedAnswers, givenAnswers: given };
  } finally {
    await pool.end();
  }
}

/** The triggers as one: of both tables, the columns they fill included. */
async function countingIs(pool: Pool, isCounting: boolean): Promise<void> {
  const word = isCounting ? "enable" : "disable";
  await pool.query(
    `alter table csat.surveys ${word} trigger user; alter table csat.responses ${word} trigger user`,
  );
}

async function loadSurveys(
  pool: Pool,
  { prefix, count }: { readonly prefix: string; readonly count: number },
): Promise<void> {
  await pool.query(
    `insert into csat.surveys (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at,
       may_have_reached, send_begun_at, sent_at, resolved_by)
     select 'bench', $1 || ' ' || n, $1 || ' ' || n, 'sent', 1, $3, $3, $3, true, $3, $3, 'ada'
     from generate_series(0, $2::int - 1) n`,
    [prefix, count, `${day}T08:00:00Z`],
  );
  await pool.query(
    `insert into csat.tokens (token_hash, workspace_id, survey_id)
     select $1 || ' ' || n, 'bench', $1 || ' ' || n from generate_series(0, $2::int - 1) n`,
    [prefix, count],
  );
}
