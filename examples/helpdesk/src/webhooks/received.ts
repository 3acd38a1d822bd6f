import { asc, desc, eq } from "drizzle-orm";
import type { HelpdeskDatabase } from "../database.ts";
import { type RowOf, tablesOf } from "../tables/tables.ts";

/** A delivery as the receiver saw it. */
export type Received = Omit<RowOf<"received">, "id">;

/** Keeps a delivery. */
export async function keepReceived(database: HelpdeskDatabase, delivery: Received): Promise<void> {
  await database.insert(tablesOf(database).received).values(delivery);
}

/** Every delivery to a workspace's receiver, oldest first. */
export function listReceived(database: HelpdeskDatabase, workspaceId: string): Promise<Received[]> {
  const { received } = tablesOf(database);
  return database
    .select()
    .from(received)
    .where(eq(received.workspaceId, workspaceId))
    .orderBy(asc(received.id));
}

/** The newest 50 deliveries, newest first. */
export function listNewestReceived(database: HelpdeskDatabase, workspaceId: string): Promise<Received[]> {
  const { received } = tablesOf(database);
  return database
    .select()
    .from(received)
    .where(eq(received.workspaceId, workspaceId))
    .orderBy(desc(received.id))
    .limit(50);
}

/** The body as its sender meant it: parsed where it is JSON, else as it came. */
export function bodyOf({ raw }: Received): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
