export type {
  ChannelCase,
  ChannelFixture,
  ChannelTrouble,
  ConformanceCase,
  Harness,
  MailerCase,
  MailerFixture,
  SchedulerCase,
  SchedulerFixture,
  StorageCase,
  StorageFixture,
  TestRunner,
  WebhookTransportCase,
  WebhookTransportFixture,
} from "./case.ts";
export { channelCases } from "./channel/channel-cases.ts";
export { mailerCases } from "./mailer/mailer-cases.ts";
export { knownWithoutSmtp } from "./mailer/smtp.ts";
export {
  drop,
  hang,
  type SmtpMoment,
  type SmtpReaction,
  type SmtpScript,
  type SmtpServer,
  startSmtpServer,
} from "./mailer/smtp-server.ts";
export {
  testCases,
  testChannel,
  testMailer,
  testScheduler,
  testStorage,
  testWebhookTransport,
} from "./run.ts";
export { schedulerCases } from "./scheduler/scheduler-cases.ts";
export { recordDeliveries } from "./scheduler/worker.ts";
export { knownWithoutHostTransactions } from "./storage/host-transactions.ts";
export { storageCases } from "./storage/storage-cases.ts";
export { startWebhookReceiver, type WebhookReceiver } from "./webhook-transport/receiver.ts";
export { webhookTransportCases } from "./webhook-transport/webhook-transport-cases.ts";
