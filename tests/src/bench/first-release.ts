import { printMigrations } from "@csat/postgres";

/** The SQL of the first step alone: its tables have no triggers, so a year is loaded into them in a minute. */
export function firstRelease(): string {
  const frame = printMigrations({ after: Number.MAX_SAFE_INTEGER });
  const laterSteps = printMigrations({ after: 1 }).slice(frame.length);
  return printMigrations().slice(0, -laterSteps.length);
}
