import type { SurveyStatus } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aLeaving, aNewSurvey, aPage, aResolution, minute, refOf, tickets, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aFailure, longLeaseMs, stepsOn } from "../steps.ts";

const rounds = 15;

/** Two calls about one survey at the same moment. In either order they end the same. */
export const surveysRacesCases: readonly StorageCase[] = [
  {
    id: "surveys/race/failure-meets-leaving",
    rule: "A failing attempt and a leaving at the same moment always end canceled: nothing is retried.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const begun = await stepsOn(storage).armAndBegin();
        const failure = aFailure({ claim: begun.claim, refused: round % 2 === 0, retryAt: minute(70) });
        const [outcome] = await Promise.all([
          storage.surveys.markFailed(failure),
          otherProcess.surveys.leave([aLeaving({ ...refOf(begun), at: minute(61) })]),
        ]);
        const { status, reason } = await stepsOn(storage).survey(begun);
        expectEqual([outcome, status, reason], ["done", "canceled", "reopened"], "outcome and survey");
      }
    },
  },
  {
    id: "surveys/race/settling-meets-resolution",
    rule: "A send that reached nobody and a later resolution at the same moment always end armed by that resolution, once.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        if (round % 2 === 0) await stepsOn(storage).begin({ claim });
        await Promise.all([
          round % 2 === 0
            ? storage.surveys.markFailed(aFailure({ claim }))
            : storage.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" }),
          otherProcess.surveys.arm([
            aNewSurvey({ ...refOf(survey), resolvedAt: minute(62), dueAt: minute(122) }),
          ]),
        ]);
        const { status, generation, dueAt } = await stepsOn(storage).survey(survey);
        expectEqual([status, generation, dueAt], ["scheduled", 2, minute(122)], "the survey");
      }
    },
  },
  {
    id: "surveys/race/acceptance-meets-everything",
    rule: "A mail accepted at the same moment as a leaving and a later resolution stays sent, and nothing is armed.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const begun = await stepsOn(storage).armAndBegin();
        await Promise.all([
          otherProcess.surveys.leave([aLeaving({ ...refOf(begun), at: minute(61) })]),
          storage.surveys.markSent({ ...begun.claim, sentAt: minute(61), messageId: null }),
          otherProcess.surveys.arm([
            aNewSurvey({ ...refOf(begun), resolvedAt: minute(62), dueAt: minute(122) }),
          ]),
        ]);
        const { status, generation } = await stepsOn(storage).survey(begun);
        expectEqual([status, generation], ["sent", 1], "the survey");
      }
    },
  },
  {
    id: "surveys/race/release-meets-leaving",
    rule: "A claim given back and a leaving at the same moment always end canceled.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        await Promise.all([
          storage.surveys.release([claim]),
          otherProcess.surveys.leave([aLeaving(refOf(survey))]),
        ]);
        expectEqual((await stepsOn(storage).survey(survey)).status, "canceled", "the status");
      }
    },
  },
  {
    id: "surveys/race/claim-meets-resolution",
    rule: "A claim and a later resolution at the same moment leave one survey with one holder, who settles it as usual.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const survey = await stepsOn(storage).arm();
        const later = aNewSurvey({ ...refOf(survey), resolvedAt: minute(59), dueAt: minute(119) });
        const [claim, [outcome]] = await Promise.all([
          stepsOn(storage).claim({ survey }),
          otherProcess.surveys.arm([later]),
        ]);
        expectEqual<string | undefined>(outcome?.kind, "already_scheduled", "the outcome of the resolution");
        const settled = await storage.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" });
        const { status, generation } = await stepsOn(storage).survey(survey);
        const ends = ["done skipped 1", "rearmed scheduled 2"];
        expectTrue(ends.includes(`${settled} ${status} ${generation}`), "it ends as skipped, or armed anew");
      }
    },
  },
  {
    id: "surveys/race/begin-meets-erase",
    rule: "A send that begins at the same moment as its ticket is erased leaves a tombstone and no working link.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < rounds; round++) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        const tokenHash = uniqueId("token");
        await Promise.all([
          storage.surveys.beginSend(claim, { tokenHash, page: aPage(), leaseForMs: longLeaseMs }),
          otherProcess.surveys.erase([refOf(survey)]),
        ]);
        const { status, sentAt } = await stepsOn(storage).survey(survey);
        expectEqual([status, sentAt], ["erased", null], "the tombstone");
        expectEqual(await storage.surveys.findByToken(tokenHash), null, "the page");
      }
    },
  },
  {
    id: "surveys/race/bulk-calls",
    rule: "Bulk calls on the same 200 tickets at the same moment all succeed, none blocks another for ever, and every ticket ends as if they had come one after the other.",
    async run({ storage, otherProcess }) {
      const batch = tickets(200);
      const arm = (time: number) =>
        batch.map((ref) => aNewSurvey({ ...ref, resolvedAt: minute(time), dueAt: minute(time + 60) }));
      await Promise.all([
        storage.surveys.arm(arm(0)),
        otherProcess.surveys.arm(arm(20)),
        storage.surveys.leave(batch.map((ref) => aLeaving({ ...ref, at: minute(10) }))),
        otherProcess.resolutions.record(batch.map((ref) => aResolution({ ...ref, actorId: "bob" }))),
        storage.resolutions.record(
          batch.map((ref) => aResolution({ ...ref, actorId: "ada", resolvedAt: minute(-1) })),
        ),
        otherProcess.surveys.erase(batch.filter((_, index) => index % 10 === 0)),
      ]);
      const seen = new Map<string, number>();
      for (const ref of batch) {
        const { status, resolvedAt, resolvedBy } = await stepsOn(storage).survey(ref);
        const end = summary({ status, resolvedAt, resolvedBy });
        seen.set(end, (seen.get(end) ?? 0) + 1);
      }
      expectEqual(
        Object.fromEntries(seen),
        { erased: 20, [`scheduled by ada at ${minute(20).toISOString()}`]: 180 },
        "how the tickets ended",
      );
    },
  },
];

function summary({
  status,
  resolvedAt,
  resolvedBy,
}: {
  readonly status: SurveyStatus;
  readonly resolvedAt: Date;
  readonly resolvedBy: string | null;
}): string {
  return status === "erased" ? status : `${status} by ${resolvedBy} at ${resolvedAt.toISOString()}`;
}
