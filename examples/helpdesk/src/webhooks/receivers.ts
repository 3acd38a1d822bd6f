import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { HelpdeskDatabase } from "../database.ts";
import { type RowOf, tablesOf, unlessThere } from "../tables/tables.ts";

/** What the built-in receiver of one workspace is told to do. */
export type Receiver = RowOf<"receivers">;

/** A way for the receiver to behave. */
export type ReceiverMode = Receiver["mode"];

/** The workspace's receiver, made when it is asked for first: subscribed, well, and with a secret of its own. */
export async function receiverOf(database: HelpdeskDatabase, workspaceId: string): Promise<Receiver> {
  const found = await find(database, workspaceId);
  if (found !== null) return found;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  // Of two that make it at once the first wins.
  const { receivers } = tablesOf(database);
  await database.execute(
    sql`insert into ${receivers} (workspace_id, secret, mode, is_subscribed)
      values (${workspaceId}, ${secret}, 'well', true) ${unlessThere(database)}`,
  );
  return (await find(database, workspaceId)) ?? { workspaceId, secret, mode: "well", isSubscribed: true };
}

/** Chooses how the receiver behaves from now on, and subscribes it again where it had left. */
export async function setReceiverMode(
  database: HelpdeskDatabase,
  { workspaceId, mode }: { readonly workspaceId: string; readonly mode: ReceiverMode },
): Promise<void> {
  await receiverOf(database, workspaceId);
  const { receivers } = tablesOf(database);
  await database
    .update(receivers)
    .set({ mode, isSubscribed: true })
    .where(eq(receivers.workspaceId, workspaceId));
}

/** Ends a subscription, as the receiver wished. */
export async function unsubscribeReceiver(database: HelpdeskDatabase, workspaceId: string): Promise<void> {
  const { receivers } = tablesOf(database);
  await database.update(receivers).set({ isSubscribed: false }).where(eq(receivers.workspaceId, workspaceId));
}

async function find(database: HelpdeskDatabase, workspaceId: string): Promise<Receiver | null> {
  const { receivers } = tablesOf(database);
  const [row] = await database.select().from(receivers).where(eq(receivers.workspaceId, workspaceId));
  return row ?? null;
}
