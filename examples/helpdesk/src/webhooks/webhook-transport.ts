import type { WebhookTransport } from "@csat/core";
import { webhookTransport } from "@csat/webhooks";
import type { HelpdeskDatabase } from "../database.ts";
import { receiverOf, unsubscribeReceiver } from "./receivers.ts";

/** Events go to the built-in receiver, unless it left. In a real helpdesk the endpoints are rows that admins edit. */
export function helpdeskWebhooks({
  database,
  urlFor,
}: {
  readonly database: HelpdeskDatabase;
  readonly urlFor: (workspaceId: string) => string;
}): WebhookTransport {
  return webhookTransport({
    endpoints: async ({ workspaceId }) => {
      const { secret, isSubscribed } = await receiverOf(database, workspaceId);
      return isSubscribed ? [{ id: "receiver", url: urlFor(workspaceId), secret }] : [];
    },
    onGone: ({ workspaceId }) => unsubscribeReceiver(database, workspaceId),
    // The receiver is this machine. Leave this out where people may enter URLs.
    allowPrivateAddresses: ["127.0.0.1"],
    // Short, since somebody waits for the clock's button while a slow receiver is tried.
    timeoutMs: 3_000,
  });
}
