import { startWebhookReceiver, testWebhookTransport } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { secret } from "./support/events.ts";

testWebhookTransport(
  "webhookTransport",
  {
    async create() {
      const { origin, close } = await startWebhookReceiver();
      const transport = webhookTransport({
        endpoints: [{ id: "receiver", url: origin, secret }],
        allowPrivateAddresses: ["127.0.0.1"],
      });
      return { transport, origin, secret, close };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
