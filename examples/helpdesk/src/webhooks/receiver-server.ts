import type { Clock } from "@csat/core";
import { Webhook } from "standardwebhooks";
import type { HelpdeskDatabase } from "../database.ts";
import { listen } from "../listen.ts";
import { maxBodyBytes } from "../read-body.ts";
import { users } from "../users.ts";
import { keepReceived } from "./received.ts";
import { type ReceiverMode, receiverOf } from "./receivers.ts";

/** The other end of the webhooks, in this process. */
export interface ReceiverServer {
  /** Where a workspace's events go. */
  urlFor(workspaceId: string): string;
  close(): Promise<void>;
}

/**
 * Starts what stands for the customer's CRM: a server on a free port of this machine, apart from the helpdesk's own. It
 * verifies each delivery by its signature as any receiver would, keeps it, and answers as the Webhooks page says.
 */
export async function startReceiver(parts: {
  readonly database: HelpdeskDatabase;
  readonly clock: Clock;
}): Promise<ReceiverServer> {
  const listener = await listen(0);
  listener.answerWith(async (request) => {
    const workspaceId = new URL(request.url).pathname.slice(1);
    const isKnown = users.some((user) => user.workspaceId === workspaceId);
    if (request.method !== "POST" || !isKnown) return new Response(null, { status: 404 });
    return receive({ ...parts, workspaceId, request });
  });
  return {
    urlFor: (workspaceId) => `${listener.origin}/${encodeURIComponent(workspaceId)}`,
    close: () => listener.close(),
  };
}

async function receive({
  database,
  clock,
  workspaceId,
  request,
}: {
  readonly database: HelpdeskDatabase;
  readonly clock: Clock;
  readonly workspaceId: string;
  readonly request: Request;
}): Promise<Response> {
  const raw = await request.text();
  if (raw.length > maxBodyBytes) return new Response(null, { status: 413 });
  const { secret, mode } = await receiverOf(database, workspaceId);
  const headers = Object.fromEntries(request.headers);
  const verified = isSigned({ raw, headers, secret });
  const answered = verified ? statusOf(mode) : 401;
  await keepReceived(database, {
    workspaceId,
    headers,
    // Postgres keeps every character but this one.
    raw: raw.replaceAll("\u0000", ""),
    verified,
    answered,
    receivedAt: clock.now(),
  });
  if (answered !== null) return new Response(null, { status: answered });
  // Slow: whoever called gives up first.
  return new Promise((resolve) => {
    request.signal.addEventListener("abort", () => resolve(new Response(null, { status: 503 })));
  });
}

function isSigned(delivery: {
  readonly raw: string;
  readonly headers: Record<string, string>;
  readonly secret: string;
}): boolean {
  try {
    new Webhook(delivery.secret).verify(delivery.raw, delivery.headers);
    return true;
  } catch {
    return false;
  }
}

/** Null where no answer is ever given. */
function statusOf(mode: ReceiverMode): number | null {
  if (mode === "slow") return null;
  if (mode === "failing") return 500;
  return mode === "gone" ? 410 : 204;
}
