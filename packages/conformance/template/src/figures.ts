import type { Backlog, CorrectedDay, MetricsCounts, MetricsQuery, PartCounts, PartsQuery } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** Adds up the deltas that changes brought, by day and resolver: those of the whole, or of one part. */
export async function readCounts(_connection: Connection, _query: MetricsQuery): Promise<MetricsCounts> {
  return notWrittenYet("counts");
}

/** Adds up those of the parts whose names begin with a text. `partCounts` makes the answer of rows. */
export async function readParts(_connection: Connection, _query: PartsQuery): Promise<readonly PartCounts[]> {
  return notWrittenYet("parts");
}

/** Compares the counts of a workspace with its tickets and answers, and corrects them. */
export async function recount(
  _connection: Connection,
  _workspaceId: string,
): Promise<readonly CorrectedDay[]> {
  return notWrittenYet("recount");
}

/** What is due and what was given up; counting stops at `countedUpTo`. */
export async function readBacklog(_connection: Connection, _now: Date): Promise<Backlog> {
  return notWrittenYet("backlog");
}
