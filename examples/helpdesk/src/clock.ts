import type { Clock } from "@csat/core";
import { sql } from "drizzle-orm";
import type { HelpdeskDatabase } from "./database.ts";
import { refuse } from "./refuse.ts";
import { tablesOf } from "./tables/tables.ts";

/** The machine's time plus an offset that is kept in the database, so that nobody waits 24 hours for a mail. */
export interface DemoClock extends Clock {
  /** Reads the offset again where another process on the same database may have moved it. */
  refresh(): Promise<void>;
  /** Moves the clock on for everybody on this database. Rejects with 400 past the year 9000. */
  moveOn(ms: number): Promise<void>;
}

const latest = Date.UTC(9000, 0);

/** Reads the offset and answers the clock. `isShared` where other processes may use the database. */
export async function openClock({
  database,
  isShared,
}: {
  readonly database: HelpdeskDatabase;
  readonly isShared: boolean;
}): Promise<DemoClock> {
  let offsetMs = await readOffset(database);
  const clock: DemoClock = {
    now: () => new Date(Date.now() + offsetMs),
    refresh: async () => {
      if (!isShared) return;
      const stored = await readOffset(database);
      // Never back: the row may have been read just before this process moved it on.
      offsetMs = Math.max(offsetMs, stored);
    },
    moveOn: async (ms) => {
      if (clock.now().getTime() + ms > latest) {
        refuse(
          400,
          "invalid_input",
          "ms would move the clock past the year 9000: delete the data to start over.",
        );
      }
      const { demo } = tablesOf(database);
      await database.update(demo).set({ clockOffsetMs: sql`${demo.clockOffsetMs} + ${ms}` });
      offsetMs = Math.max(offsetMs, await readOffset(database));
    },
  };
  return clock;
}

async function readOffset(database: HelpdeskDatabase): Promise<number> {
  const { demo } = tablesOf(database);
  const [row] = await database.select({ offsetMs: demo.clockOffsetMs }).from(demo);
  return row?.offsetMs ?? 0;
}
