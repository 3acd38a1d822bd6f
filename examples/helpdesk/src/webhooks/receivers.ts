import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { HelpdeskDatabase } from "../database.ts";
import { receivers } from "../schema.ts";

/** What the built-in receiver of one workspace is told to do. */
export type Receiver = typeof receivers.$inferSelect;

/** A way for the receiver to behave. */
export type ReceiverMode = Receiver["mode"];

/** The workspace's receiver, made when it is asked for first: subscribed, well, and with a secret of its own. */
export async function receiverOf(database: HelpdeskDatabase, workspaceId: string): Promise<Receiver> {
  const found = await find(database, workspaceId);
  if (found !== null) return found;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  // Of two that make it at once the first wins.
  await database
    .insert(receivers)
    .values({ workspaceId, secret, mode: "well", isSubscribed: true })
    .onConflictDoNothing();
  return (await find(database, workspaceId)) ?? { workspaceId, secret, mode: "well", isSubscribed: true };
}

/** Chooses how the receiver behaves from now on, and subscribes it again where it had left. */
export async function setReceiverMode(
  database: HelpdeskDatabase,
  { workspaceId, mode }: { readonly workspaceId: string; readonly mode: ReceiverMode },
): Promise<void> {
  await receiverOf(database, workspaceId);
  await database
    .update(receivers)
    .set({ mode, isSubscribed: true })
    .where(eq(receivers.workspaceId, workspaceId));
}

/** Ends a subscription, as the receiver wished. */
export async function unsubscribeReceiver(database: HelpdeskDatabase, workspaceId: string): Promise<void> {
  await database.update(receivers).set({ isSubscribed: false }).where(eq(receivers.workspaceId, workspaceId));
}

async function find(database: HelpdeskDatabase, workspaceId: string): Promise<Receiver | null> {
  const [row] = await database.select().from(receivers).where(eq(receivers.workspaceId, workspaceId));
  return row ?? null;
}
