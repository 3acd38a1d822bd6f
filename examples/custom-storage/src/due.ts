import type { ClaimRequest } from "@csat/core";
import { and, asc, eq, notInArray, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Rows } from "./open-sqlite.ts";

/** A table of rows that come due. */
type Queue = SQLiteTable & { readonly workspaceId: AnySQLiteColumn; readonly id: AnySQLiteColumn };

/** The part of a claim that names rows or leaves workspaces out. */
export function isAskedFor(table: Queue, { only, exceptWorkspaces = [] }: ClaimRequest): SQL | undefined {
  return and(
    only === undefined ? undefined : and(eq(table.workspaceId, only.workspaceId), eq(table.id, only.id)),
    exceptWorkspaces.length === 0 ? undefined : notInArray(table.workspaceId, [...exceptWorkspaces]),
  );
}

/**
 * The first `limit` wanted rows in fair order: the oldest of each workspace, then the second oldest of each, and so on.
 * A workspace with ten thousand rows due holds up one with a single row by one place.
 */
export function fairly({
  rows,
  table,
  dueAt,
  isWanted,
  limit,
}: {
  readonly rows: Rows;
  readonly table: Queue;
  readonly dueAt: AnySQLiteColumn;
  readonly isWanted: SQL | undefined;
  readonly limit: number;
}) {
  const { workspaceId, id } = table;
  // A window function: the builder has none.
  const place = sql<number>`row_number() over (partition by ${workspaceId} order by ${dueAt}, ${id})`.as(
    "place",
  );
  return rows
    .select({
      workspaceId: sql<string>`${workspaceId}`.as("queued_workspace"),
      id: sql<string>`${id}`.as("queued_id"),
      place,
    })
    .from(table)
    .where(isWanted)
    .orderBy(asc(place), asc(dueAt))
    .limit(Math.max(0, limit))
    .as("queue");
}
