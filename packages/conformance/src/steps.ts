import { AssertionError } from "node:assert";
import type {
  ClaimRef,
  Leaving,
  NewSurvey,
  PageFacts,
  RecordedAnswer,
  SendFailure,
  SkipReason,
  StorageOperations,
  Survey,
  SurveyResponse,
  TicketRef,
} from "@csat/core";
import { expectEqual, expectPresent, expectTrue } from "./assertions.ts";
import { aLeaving, aNewSurvey, anAnswer, aPage, type Given, minute, refOf, uniqueId } from "./builders.ts";

/** Longer than any case runs: such a lease does not end by itself. */
export const longLeaseMs = 600_000;

/** A ticket and the id of its survey. */
export interface Armed extends TicketRef {
  readonly surveyId: string;
}

/** A survey whose send has begun. */
export interface Begun extends Armed {
  readonly claim: ClaimRef;
  readonly tokenHash: string;
}

/** How a send is brought about: as `arm`, then claimed at its due time. */
export type SendSteps = Given<NewSurvey> & {
  readonly tokenHash?: string | undefined;
  readonly page?: PageFacts | undefined;
  readonly begunAt?: Date | undefined;
  /** Lease of the begun send, in milliseconds. */
  readonly leaseForMs?: number | undefined;
};

/** The steps of a survey's life on one storage. Every step fails the case where it does not succeed. */
export interface Steps {
  /** A scheduled survey: resolved at minute 0 and due at minute 60, unless told otherwise. */
  arm(given?: Given<NewSurvey>): Promise<Armed>;
  /** Claims this survey; `now` is minute 60. */
  claim(given: {
    readonly survey: Armed;
    readonly now?: Date | undefined;
    readonly leaseForMs?: number | undefined;
  }): Promise<ClaimRef>;
  /** Begins the send of a claimed survey and returns the hash of its token. */
  begin(given: {
    readonly claim: ClaimRef;
    readonly tokenHash?: string | undefined;
    readonly page?: PageFacts | undefined;
    readonly begunAt?: Date | undefined;
    readonly leaseForMs?: number | undefined;
  }): Promise<string>;
  /** arm, claim, begin. */
  armAndBegin(given?: SendSteps): Promise<Begun>;
  /** A sent survey; `sentAt` is minute 61. */
  send(given?: SendSteps & { readonly sentAt?: Date | undefined }): Promise<Begun>;
  /** An answer that must be taken. */
  answer(given: Given<RecordedAnswer>): Promise<SurveyResponse>;
  /** A sent survey with its answer. */
  sendAndAnswer(
    given?: SendSteps & Given<RecordedAnswer> & { readonly sentAt?: Date | undefined },
  ): Promise<Begun>;
  /** Ends an attempt that must end as `done`; by default refused, counted, and for good. */
  fail(given: Failing): Promise<void>;
  /** Ends a claim as skipped. */
  skip(given: { readonly claim: ClaimRef; readonly reason?: SkipReason }): Promise<void>;
  /** Reopens a ticket, which must cancel its survey; `at` is minute 10. */
  cancel(given: Given<Leaving> & TicketRef): Promise<void>;
  /** The survey of a ticket that must have one. */
  survey(ref: TicketRef): Promise<Survey>;
}

/** The steps on `storage`, which may also be one end of a transaction. */
export function stepsOn(storage: StorageOperations): Steps {
  const steps: Steps = {
    async arm(given = {}) {
      const wanted = aNewSurvey(given);
      const [outcome] = await storage.surveys.arm([wanted]);
      if (outcome?.kind === "armed") return { ...refOf(wanted), surveyId: outcome.surveyId };
      return fails({ what: `the arming of ${wanted.ticketId}`, wanted: "armed", seen: outcome?.kind });
    },
    async claim({ survey, now = minute(60), leaseForMs = longLeaseMs }) {
      const claimed = await storage.surveys.claimDue({
        now,
        leaseForMs,
        limit: 1,
        only: { workspaceId: survey.workspaceId, id: survey.surveyId },
      });
      const [first] = claimed;
      const { leaseId } = expectPresent(first, `the claim of survey ${survey.surveyId}`);
      return { workspaceId: survey.workspaceId, id: survey.surveyId, leaseId };
    },
    async begin({ claim, tokenHash = uniqueId("token"), page, begunAt, leaseForMs = longLeaseMs }) {
      const began = await storage.surveys.beginSend(claim, {
        tokenHash,
        page: page ?? aPage({ workspaceId: claim.workspaceId }),
        leaseForMs,
        ...(begunAt === undefined ? {} : { begunAt }),
      });
      expectTrue(began, `the send of survey ${claim.id} begins`);
      return tokenHash;
    },
    async armAndBegin(given = {}) {
      const { tokenHash, page, begunAt, leaseForMs, ...wanted } = given;
      const survey = await steps.arm(wanted);
      const claim = await steps.claim({ survey, now: given.dueAt ?? minute(60) });
      const hash = await steps.begin({ claim, tokenHash, page, begunAt, leaseForMs });
      return { ...survey, claim, tokenHash: hash };
    },
    async send({ sentAt = minute(61), ...given } = {}) {
      const begun = await steps.armAndBegin(given);
      const outcome = await storage.surveys.markSent({ ...begun.claim, sentAt, messageId: null });
      expectEqual<string>(outcome, "done", `marking survey ${begun.surveyId} as sent`);
      return begun;
    },
    async answer(given) {
      const outcome = await storage.responses.record(anAnswer(given));
      if (outcome.kind === "recorded") return outcome.response;
      return fails({ what: "the answer", wanted: "recorded", seen: outcome.kind });
    },
    async sendAndAnswer(given = {}) {
      const { rating, comment, respondedAt, eventId, ...sending } = given;
      const sent = await steps.send(sending);
      await steps.answer({ tokenHash: sent.tokenHash, rating, comment, respondedAt, eventId });
      return sent;
    },
    async fail(given) {
      const outcome = await storage.surveys.markFailed(aFailure(given));
      expectEqual<string>(outcome, "done", `the failed attempt of survey ${given.claim.id}`);
    },
    async skip({ claim, reason = "csat_disabled" }) {
      const outcome = await storage.surveys.markSkipped({ ...claim, reason });
      expectEqual<string>(outcome, "done", `the skipping of survey ${claim.id}`);
    },
    async cancel(given) {
      const [outcome] = await storage.surveys.leave([aLeaving(given)]);
      expectEqual<string | undefined>(outcome?.kind, "canceled", `the leaving of ${given.ticketId}`);
    },
    async survey(ref) {
      return expectPresent(await storage.surveys.find(refOf(ref)), `the survey of ticket ${ref.ticketId}`);
    },
  };
  return steps;
}

function fails({
  what,
  wanted,
  seen,
}: {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string | undefined;
}): never {
  throw new AssertionError({
    message: `${what}: expected ${wanted}, got ${seen}`,
    actual: seen,
    expected: wanted,
  });
}

/** How an attempt ends badly: `claim`, and what differs from a refusal for good. */
export type Failing = Given<Omit<SendFailure, keyof ClaimRef>> & { readonly claim: ClaimRef };

/** An attempt that the mail server refused for good, unless told otherwise: counted, nothing taken, no other to come. */
export function aFailure({ claim, retryAt, refused, countsAsAttempt, error, reason }: Failing): SendFailure {
  return {
    ...claim,
    retryAt: retryAt ?? null,
    refused: refused ?? true,
    countsAsAttempt: countsAsAttempt ?? true,
    error: error ?? "RCPT 550",
    ...(reason === undefined ? {} : { reason }),
  };
}
