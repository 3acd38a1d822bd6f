import { type Mail, type Mailer, type MailOutcome, withDeadline } from "@csat/core";
import { requireOptions } from "./check-options.ts";
import { type Answering, script } from "./script.ts";

/** One call of `send` and what it answered. */
export interface MailAttempt {
  readonly mail: Mail;
  readonly outcome: MailOutcome;
}

/** A mailer that keeps what it is given. */
export interface MemoryMailer extends Mailer {
  /** Accepted mails, oldest first. */
  readonly sent: readonly Mail[];
  /** Every call that was answered, oldest first. */
  readonly attempts: readonly MailAttempt[];
  /** What to answer from now on: an outcome, or a function of the mail. One that throws makes `send` reject, as a broken adapter would. */
  answerWith(outcome: Answering<Mail, MailOutcome>): void;
  /** Outcomes for the next mails, one each; after them the standing one counts again. */
  answerNext(...outcomes: readonly Answering<Mail, MailOutcome>[]): void;
  /** Forgets mails and attempts; outcomes to come stay. */
  clear(): void;
}

/** Settings of `memoryMailer`. */
export interface MemoryMailerOptions {
  /** What to answer. Accepts every mail by default. */
  readonly outcome?: Answering<Mail, MailOutcome>;
}

/**
 * A mailer for tests and first steps: no mail leaves the process, all of them stay in its memory until `clear`.
 * An abort before a call is `unavailable` (nothing went out), one during a call `unknown`, as with a real server.
 * @throws CsatError `invalid_config`
 */
export function memoryMailer(options: MemoryMailerOptions = {}): MemoryMailer {
  requireOptions(options, "memoryMailer");
  const outcomes = script<Mail, MailOutcome>(options.outcome ?? accept);
  const sent: Mail[] = [];
  const attempts: MailAttempt[] = [];

  async function outcomeOf(mail: Mail, signal: AbortSignal): Promise<MailOutcome> {
    if (signal.aborted) return { kind: "unavailable", error: "aborted before the send", concerns: "unknown" };
    return withDeadline<MailOutcome>({
      work: () => outcomes.answer(mail),
      signal,
      otherwise: () => ({ kind: "unknown", error: "aborted during the send" }),
    });
  }

  return {
    sent,
    attempts,
    async send(mail, signal) {
      const outcome = await outcomeOf(mail, signal);
      attempts.push({ mail, outcome });
      if (outcome.kind === "accepted") sent.push(mail);
      return outcome;
    },
    answerWith: outcomes.always,
    answerNext: outcomes.next,
    clear: () => {
      sent.length = 0;
      attempts.length = 0;
    },
  };
}

function accept({ messageIdLocalPart }: Mail): MailOutcome {
  return { kind: "accepted", messageId: `<${messageIdLocalPart}@memory.invalid>` };
}
