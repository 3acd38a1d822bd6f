import { testWebhookTransport, webhookTransportCases } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { memoryWebhookTransport } from "../src/index.ts";

/** The cases that need no network; all others are about HTTP. */
const withoutNetwork = [
  "webhooks/endpoints/stable-ids",
  "webhooks/result/delivered",
  "webhooks/abort/before-the-attempt",
];

testWebhookTransport(
  "memoryWebhookTransport",
  {
    create: async () => ({
      transport: memoryWebhookTransport({ endpoints: [{ id: "receiver", url: "http://receiver.invalid" }] }),
      origin: "http://receiver.invalid",
      close: async () => {},
    }),
    known: Object.fromEntries(
      webhookTransportCases
        .filter(({ id }) => !withoutNetwork.includes(id))
        .map(({ id }) => [id, "nothing leaves the process, so there is no HTTP to look at"]),
    ),
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
