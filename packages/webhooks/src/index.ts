export { webhookTransport } from "./webhook-transport.ts";
export type {
  Lookup,
  SignedEndpoint,
  WebhookTransportOptions,
} from "./webhook-transport-options.ts";
