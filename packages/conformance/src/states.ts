import type { NewSurvey, StorageOperations, SurveyStatus } from "@csat/core";
import { type Given, minute, refOf } from "./builders.ts";
import { type Armed, stepsOn } from "./steps.ts";

/** Statuses in which a survey stands with no mail that may have arrived. */
export const neverMailed = ["canceled", "skipped", "failed"] as const;

/** How a survey came into a status. */
export type Way = SurveyStatus | "canceled after a mail" | "skipped after a mail" | "failed after a mail";

/**
 * A survey resolved at minute 0 and due at minute 60, brought into a status. The ones "after a mail" had a first
 * attempt that may have arrived. `canceled` left at minute 10, `canceled after a mail` at minute 62.
 */
export async function aSurveyThatIs({
  way,
  storage,
  given = {},
}: {
  readonly way: Way;
  readonly storage: StorageOperations;
  readonly given?: Given<NewSurvey>;
}): Promise<Armed> {
  const steps = stepsOn(storage);
  const ways: Readonly<Record<Way, () => Promise<Armed>>> = {
    scheduled: () => steps.arm(given),
    sending: () => steps.armAndBegin(given),
    sent: () => steps.send(given),
    answered: () => steps.sendAndAnswer(given),
    canceled: async () => {
      const survey = await steps.arm(given);
      await steps.cancel(refOf(survey));
      return survey;
    },
    skipped: async () => {
      const survey = await steps.arm(given);
      await steps.skip({ claim: await steps.claim({ survey }) });
      return survey;
    },
    failed: async () => {
      const begun = await steps.armAndBegin(given);
      await steps.fail({ claim: begun.claim });
      return begun;
    },
    erased: async () => {
      const survey = await steps.sendAndAnswer(given);
      await storage.surveys.erase([refOf(survey)]);
      return survey;
    },
    "canceled after a mail": async () => {
      const survey = await maybeMailed();
      await steps.cancel({ ...refOf(survey), at: minute(62) });
      return survey;
    },
    "skipped after a mail": async () => {
      const survey = await maybeMailed();
      await steps.skip({ claim: await steps.claim({ survey, now: minute(70) }) });
      return survey;
    },
    "failed after a mail": async () => {
      const begun = await steps.armAndBegin(given);
      await steps.fail({ claim: begun.claim, refused: false });
      return begun;
    },
  };
  return await ways[way]();

  /** Scheduled again at minute 65, after an attempt of unknown fate. */
  async function maybeMailed(): Promise<Armed> {
    const begun = await steps.armAndBegin(given);
    await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(65) });
    return begun;
  }
}
