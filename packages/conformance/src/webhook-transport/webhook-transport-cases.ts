import type { WebhookTransportCase } from "../case.ts";
import { messageCases } from "./messages.ts";
import { resultCases } from "./results.ts";

/** Every webhook transport case. */
export const webhookTransportCases: readonly WebhookTransportCase[] = [...resultCases, ...messageCases];
