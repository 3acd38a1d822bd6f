import { AssertionError } from "node:assert";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aNewSurvey, minute } from "../builders.ts";
import type { StorageCase, StorageFixture } from "../case.ts";
import { type Armed, longLeaseMs, stepsOn } from "../steps.ts";

const claim = { now: minute(60), leaseForMs: longLeaseMs, limit: 1 };

/** A scheduled survey into whose row a newer release has written a status of its own. */
async function aSnoozedSurvey({ storage, writeStatus }: StorageFixture<unknown>): Promise<Armed> {
  if (writeStatus === undefined) {
    const message =
      "The fixture has no `writeStatus`: give it one, or name this case in `known` where no other release can write.";
    throw new AssertionError({ message });
  }
  const survey = await stepsOn(storage).arm({ dueAt: minute(50) });
  await writeStatus(survey, "snoozed");
  return survey;
}

/** Two releases on the same rows: while one is rolled out, or after it was rolled back. */
export const otherReleasesCases: readonly StorageCase[] = [
  {
    id: "surveys/claim/status-of-a-newer-release",
    rule: "A due survey with a status that this release does not know is not claimed, not even by name, and holds back no other.",
    async run(fixture) {
      const { surveys } = fixture.storage;
      const snoozed = await aSnoozedSurvey(fixture);
      const plain = await stepsOn(fixture.storage).arm({
        workspaceId: snoozed.workspaceId,
        dueAt: minute(55),
      });
      const only = { workspaceId: snoozed.workspaceId, id: snoozed.surveyId };
      expectEqual(await surveys.claimDue({ ...claim, only }), [], "the claim by name");
      const claimed = await surveys.claimDue(claim);
      expectEqual(
        claimed.map(({ row }) => row.id),
        [plain.surveyId],
        "the claim",
      );
      expectEqual(await surveys.claimDue(claim), [], "the next claim");
      expectEqual<string>((await stepsOn(fixture.storage).survey(snoozed)).status, "snoozed", "the status");
    },
  },
  {
    id: "surveys/arm/status-of-a-newer-release",
    rule: "A survey with a status that this release does not know is neither armed again nor changed by a later resolution.",
    async run(fixture) {
      const survey = await aSnoozedSurvey(fixture);
      const later = aNewSurvey({ ...survey, id: undefined, resolvedAt: minute(70), dueAt: minute(80) });
      const [outcome] = await fixture.storage.surveys.arm([later]);
      expectTrue(outcome?.kind !== "armed", "it is not armed again");
      const { id, status } = await stepsOn(fixture.storage).survey(survey);
      expectEqual<readonly string[]>([id, status], [survey.surveyId, "snoozed"], "id and status");
    },
  },
];
