import type { DateWindow } from "@csat/core";
import { and, eq, gte, isNull, lt, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { responses, surveys } from "./schema.ts";

/** Joins a response to its survey. */
export const isItsSurvey = and(
  eq(surveys.workspaceId, responses.workspaceId),
  eq(surveys.ticketId, responses.ticketId),
);

/** Of this workspace, and of this resolver where one is named: null is the Unattributed group. */
export function isAskedFor({
  workspaceId,
  resolvedBy,
}: {
  readonly workspaceId: string;
  readonly resolvedBy?: string | null;
}): SQL | undefined {
  return and(eq(surveys.workspaceId, workspaceId), isResolvedBy(resolvedBy));
}

/** From the first moment of the window up to, and without, its end. */
export function isIn(at: AnySQLiteColumn, { from, until }: DateWindow): SQL | undefined {
  return and(gte(at, from), lt(at, until));
}

function isResolvedBy(actorId: string | null | undefined): SQL | undefined {
  if (actorId === undefined) return undefined;
  return actorId === null ? isNull(surveys.resolvedBy) : eq(surveys.resolvedBy, actorId);
}
