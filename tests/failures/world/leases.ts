import type pg from "pg";
import { until } from "./wait.ts";

/** Ends leases as their time would, without waiting for it. */
export interface Leases {
  /** Those of a worker that is gone; what it had under way is anybody's then. */
  endThoseOf(workerName: string): Promise<void>;
  /** Everybody's: a worker that is still at it has taken too long. */
  endAll(): Promise<void>;
}

const queues = ["due_tickets", "due_events"];

// The tables of the library do not say which worker took a lease; its connection does, by its name.
const noteHolders = `
create table lease_holders (lease_id text primary key, worker text not null);
create function note_holder() returns trigger language plpgsql as $$
begin
  insert into lease_holders values (new.lease_id, current_setting('application_name')) on conflict do nothing;
  return null;
end $$;
${queues
  .map(
    (queue) => `create trigger note_holder after update of lease_id on csat.${queue} for each row
      when (new.lease_id is not null) execute function note_holder();`,
  )
  .join("\n")}`;

/** Has to be called before the first worker starts. */
export async function watchLeases(pool: pg.Pool): Promise<Leases> {
  await pool.query(noteHolders);
  const end = async (held: string, values: readonly string[] = []) => {
    for (const queue of queues) {
      await pool.query(
        `update csat.${queue} set lease_until = clock_timestamp() where lease_id is not null and ${held}`,
        [...values],
      );
    }
  };
  return {
    endThoseOf: async (workerName) => {
      // What it had asked for last may still be carried out.
      await until(() => connectionsOf(pool, workerName), 0);
      await end("lease_id in (select lease_id from lease_holders where worker = $1)", [workerName]);
    },
    endAll: () => end("true"),
  };
}

async function connectionsOf(pool: pg.Pool, workerName: string): Promise<number | null> {
  const { rowCount } = await pool.query(
    "select from pg_stat_activity where datname = current_database() and application_name = $1",
    [workerName],
  );
  return rowCount;
}
