export { outcomeOfReply, type SmtpStage } from "./mail-errors/outcome-of-reply.ts";
export { type FailedOutcome, outcomeOfServiceError } from "./mail-errors/outcome-of-service-error.ts";
export { readReply, type SmtpReply } from "./mail-errors/smtp-reply.ts";
