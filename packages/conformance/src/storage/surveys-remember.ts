import type { ClaimRef, SettleOutcome, Storage, SurveyStatus } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { type Armed, aFailure, stepsOn } from "../steps.ts";

/** What happened to the ticket while its send was under way, and what the end of the send makes of it. */
interface Meanwhile {
  readonly events: readonly string[];
  readonly refused: boolean;
  readonly retryAt: Date | null;
  readonly outcome: SettleOutcome;
  readonly status: SurveyStatus;
  readonly reason: string | null;
  readonly generation: number;
}

const retry = { refused: true, retryAt: minute(70) };
const giveUp = { refused: true, retryAt: null };
const canceled = { outcome: "done", status: "canceled", generation: 1 } as const;
const scheduled = { outcome: "done", status: "scheduled", reason: null, generation: 1 } as const;
const rearmed = { outcome: "rearmed", status: "scheduled", reason: null, generation: 2 } as const;

/** Resolved at minute 0 and sending since minute 60; each line worked out by hand from the order of the events' times. */
const table: readonly Meanwhile[] = [
  { events: ["reopened 61"], ...retry, ...canceled, reason: "reopened" },
  { events: ["closed 0"], ...retry, ...canceled, reason: "closed" },
  { events: ["merged -1"], ...retry, ...scheduled },
  { events: ["reopened 61", "closed 62"], ...retry, ...canceled, reason: "closed" },
  { events: ["closed 62", "reopened 61"], ...retry, ...canceled, reason: "closed" },
  { events: ["closed 64", "reopened 61", "merged 62"], ...retry, ...canceled, reason: "closed" },
  { events: ["reopened 61"], refused: false, retryAt: minute(70), ...canceled, reason: "reopened" },
  { events: ["reopened 61"], ...giveUp, outcome: "done", status: "failed", reason: "refused", generation: 1 },
  { events: ["resolved 62"], ...retry, ...rearmed },
  { events: ["resolved 62"], ...giveUp, ...rearmed },
  { events: ["resolved 62"], refused: false, retryAt: minute(70), ...scheduled },
  {
    events: ["resolved 62"],
    refused: false,
    retryAt: null,
    outcome: "done",
    status: "failed",
    reason: "indeterminate",
    generation: 1,
  },
  { events: ["reopened 61", "resolved 62"], ...retry, ...rearmed },
  { events: ["resolved 62", "reopened 61"], ...retry, ...rearmed },
  { events: ["resolved 62", "reopened 61"], ...giveUp, ...rearmed },
  {
    events: ["reopened 61", "resolved 62"],
    refused: false,
    retryAt: minute(70),
    ...canceled,
    reason: "reopened",
  },
  { events: ["resolved 62", "reopened 63"], ...retry, ...canceled, reason: "reopened" },
  { events: ["resolved 62", "reopened 62"], ...retry, ...canceled, reason: "reopened" },
  { events: ["reopened 63", "resolved 62"], ...retry, ...canceled, reason: "reopened" },
  { events: ["resolved 62", "reopened 63", "resolved 64"], ...retry, ...rearmed },
  { events: ["resolved 0"], ...retry, ...scheduled },
  { events: ["resolved -5"], ...retry, ...scheduled },
];

/** Events that come during a send. */
export const surveysRememberCases: readonly StorageCase[] = [
  {
    id: "surveys/mark-failed/what-came-meanwhile",
    rule: "When an attempt fails, a ticket left meanwhile is canceled instead of retried, and one resolved later is armed anew unless a mail may have arrived; events count by their times.",
    async run({ storage }) {
      for (const row of table) {
        const begun = await stepsOn(storage).armAndBegin();
        for (const event of row.events) await tell({ storage, survey: begun, event });
        const title = `${row.events.join(", ")}; refused ${row.refused}, retried ${row.retryAt !== null}`;
        expectEqual(
          await storage.surveys.markFailed(
            aFailure({ claim: begun.claim, refused: row.refused, retryAt: row.retryAt }),
          ),
          row.outcome,
          `the outcome after ${title}`,
        );
        const { status, reason, generation } = await stepsOn(storage).survey(begun);
        expectEqual(
          { status, reason, generation },
          { status: row.status, reason: row.reason, generation: row.generation },
          `the survey after ${title}`,
        );
      }
    },
  },
  {
    id: "surveys/mark-failed/armed-from-what-is-remembered",
    rule: "A survey armed anew when its send ends takes its times from the latest resolution remembered and starts with no attempts.",
    async run({ storage }) {
      const begun = await stepsOn(storage).armAndBegin();
      for (const time of [62, 66, 64]) await tell({ storage, survey: begun, event: `resolved ${time}` });
      await storage.surveys.markFailed(aFailure({ claim: begun.claim }));
      const before = { ...refOf(begun), id: begun.surveyId, reason: null, sentAt: null, resolvedBy: null };
      expectEqual(
        await stepsOn(storage).survey(begun),
        {
          ...before,
          status: "scheduled",
          generation: 2,
          resolvedAt: minute(66),
          dueAt: minute(126),
          firstDueAt: minute(126),
          attempts: 0,
          mayHaveReached: false,
        },
        "the survey",
      );
      await stepsOn(storage).claim({ survey: begun, now: minute(126) });
    },
  },
  {
    id: "surveys/mark-skipped/what-came-meanwhile",
    rule: "A skipped survey is armed anew from a later resolution that nobody left since, unless an earlier mail may have arrived.",
    async run({ storage }) {
      const lines: readonly (readonly [readonly string[], SettleOutcome, SurveyStatus, number])[] = [
        [[], "done", "skipped", 1],
        [["resolved 62"], "rearmed", "scheduled", 2],
        [["reopened 61", "resolved 62"], "rearmed", "scheduled", 2],
        [["resolved 62", "reopened 61"], "rearmed", "scheduled", 2],
        [["resolved 62", "reopened 63"], "done", "skipped", 1],
        [["reopened 61"], "done", "skipped", 1],
        [["resolved 0"], "done", "skipped", 1],
      ];
      for (const [events, outcome, status, generation] of lines) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        for (const event of events) await tell({ storage, survey, event });
        await skipAndCheck({ storage, survey, claim, seen: { outcome, status, generation } });
      }
      const begun = await stepsOn(storage).armAndBegin();
      await stepsOn(storage).fail({ claim: begun.claim, refused: false, retryAt: minute(70) });
      const claim = await stepsOn(storage).claim({ survey: begun, now: minute(70) });
      await tell({ storage, survey: begun, event: "resolved 71" });
      const seen = { outcome: "done", status: "skipped", generation: 1 } as const;
      await skipAndCheck({ storage, survey: begun, claim, seen });
    },
  },
  {
    id: "surveys/release/what-came-meanwhile",
    rule: "A survey that is given back is canceled when its ticket was left meanwhile, or armed from a later resolution.",
    async run({ storage }) {
      const lines: readonly (readonly [readonly string[], SurveyStatus, string | null, number])[] = [
        [["closed 61"], "canceled", "closed", 1],
        [["reopened 61", "resolved 62"], "scheduled", null, 2],
        [["resolved 62", "reopened 61"], "scheduled", null, 2],
        [["resolved 62", "reopened 63"], "canceled", "reopened", 1],
        [["reopened -1"], "scheduled", null, 1],
        [["resolved 62"], "scheduled", null, 1],
      ];
      for (const [events, status, reason, generation] of lines) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        for (const event of events) await tell({ storage, survey, event });
        await storage.surveys.release([claim]);
        const now = await stepsOn(storage).survey(survey);
        expectEqual(
          { status: now.status, reason: now.reason, generation: now.generation },
          { status, reason, generation },
          `the survey after ${events.join(", ")}`,
        );
      }
    },
  },
  {
    id: "surveys/claim/what-was-known-before",
    rule: "A resolution known before the claim is no news to the send: when that ends, nothing is armed from it.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const skipped = await steps.arm();
      await tell({ storage, survey: skipped, event: "resolved 20" });
      await steps.skip({ claim: await steps.claim({ survey: skipped }) });
      expectEqual((await steps.survey(skipped)).status, "skipped", "the skipped survey");
      const failed = await steps.arm();
      await tell({ storage, survey: failed, event: "resolved 20" });
      const claim = await steps.claim({ survey: failed });
      await steps.begin({ claim });
      await steps.fail({ claim });
      expectEqual((await steps.survey(failed)).status, "failed", "the failed survey");
    },
  },
];

/** "reopened 61": the ticket was reopened at minute 61; "resolved 62": it was resolved, its survey due an hour later. */
async function tell({
  storage,
  survey,
  event,
}: {
  readonly storage: Storage<unknown>;
  readonly survey: Armed;
  readonly event: string;
}): Promise<void> {
  const [what, time] = event.split(" ");
  const at = minute(Number(time));
  if (what === "reopened" || what === "closed" || what === "merged") {
    await storage.surveys.leave([aLeaving({ ...refOf(survey), at, reason: what })]);
  } else {
    const dueAt = minute(Number(time) + 60);
    await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: at, dueAt })]);
  }
}

async function skipAndCheck({
  storage,
  survey,
  claim,
  seen,
}: {
  readonly storage: Storage<unknown>;
  readonly survey: Armed;
  readonly claim: ClaimRef;
  readonly seen: {
    readonly outcome: SettleOutcome;
    readonly status: SurveyStatus;
    readonly generation: number;
  };
}): Promise<void> {
  const outcome = await storage.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" });
  const { status, generation, reason } = await stepsOn(storage).survey(survey);
  expectEqual({ outcome, status, generation }, seen, "the skipped survey");
  expectEqual(reason, status === "skipped" ? "ticket_not_resolved" : null, "its reason");
}
