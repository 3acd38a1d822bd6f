import { attempt } from "../attempt.ts";
import type { CsatConfig } from "../config.ts";
import type { DatabaseReading } from "./read-database.ts";
import { notChecked, ok, type Report } from "./report.ts";

// Surveys leave that much early or late, and nobody notices; a clock that is further off is not kept at all.
const toleratedMs = 2_000;
const check = "clock";

/** Do this machine and the database agree on the time? What lies within one question and its answer counts as agreed. */
export async function checkClock({
  config,
  reading,
  now,
  timeoutMs,
}: {
  readonly config: CsatConfig;
  readonly reading: DatabaseReading;
  readonly now: () => Date;
  readonly timeoutMs: number;
}): Promise<Report> {
  const inspect = config.database?.inspect;
  if (inspect === undefined) return notChecked(check, "The config has no database.inspect.");
  if (reading.state?.kind !== "done") return notChecked(check, "The database was not reached.");
  // Asked again: the first question may have waited for a connection.
  const askedAt = now().getTime();
  const asked = await attempt({ timeoutMs, work: inspect });
  const answeredAt = now().getTime();
  if (asked.kind !== "done") return notChecked(check, "The database did not answer a second time.");
  const theirs = asked.result.now.getTime();
  // Above 0 this machine is ahead.
  const skewMs = Math.max(askedAt - theirs, 0) || Math.min(answeredAt - theirs, 0);
  if (Math.abs(skewMs) <= toleratedMs) return ok(check, "This machine and the database agree on the time.");
  return {
    check,
    status: "finding",
    code: "clock_skew",
    message: `This machine's clock is ${(Math.abs(skewMs) / 1_000).toFixed(1)} s ${skewMs > 0 ? "ahead of" : "behind"} the database's.`,
    remedy: "Keep both by NTP (chrony, systemd-timesyncd). Surveys leave early or late by the difference.",
  };
}
