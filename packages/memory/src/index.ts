export { type FakeClock, fakeClock, type Span } from "./fake-clock.ts";
export { type MailAttempt, type MemoryMailer, type MemoryMailerOptions, memoryMailer } from "./mailer.ts";
export {
  type InProcessScheduler,
  type InProcessSchedulerOptions,
  inProcessScheduler,
} from "./scheduler.ts";
export type { Answering } from "./script.ts";
export { type MemoryStorage, type MemoryStorageOptions, memoryStorage } from "./storage.ts";
export { type MemoryTickets, memoryTickets, type TicketChange } from "./tickets.ts";
export type { Timers } from "./timers.ts";
export {
  type MemoryWebhookTransport,
  type MemoryWebhookTransportOptions,
  memoryWebhookTransport,
  type WebhookCall,
  type WebhookDelivery,
} from "./webhook-transport.ts";
