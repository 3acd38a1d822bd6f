import { expectEqual, expectTrue } from "../assertions.ts";
import { aLeaving, aNewSurvey, aPage, minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimOnceLeaseEnds, shortLeaseMs, untilLeaseEnds } from "../lease.ts";
import { aFailure, longLeaseMs, stepsOn } from "../steps.ts";

const claimAll = { now: minute(60), leaseForMs: longLeaseMs, limit: 10 };

/** What a lease is good for, and what is left when it has ended. */
export const surveysLeaseCases: readonly StorageCase[] = [
  {
    id: "surveys/lease/ended-lease-is-claimed-again",
    rule: "A survey whose lease has ended is claimed again, as resumed, under a new lease, with nothing else changed.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm();
      const first = await stepsOn(storage).claim({ survey, leaseForMs: shortLeaseMs });
      const before = await stepsOn(storage).survey(survey);
      const { claimed } = await claimOnceLeaseEnds({ storage: otherProcess, survey });
      expectEqual([claimed.row, claimed.resumed], [before, true], "the second claim");
      expectTrue(claimed.leaseId !== first.leaseId, "every claim has a lease of its own");
    },
  },
  {
    id: "surveys/lease/crash-during-a-send",
    rule: "A send that was cut off is resumed with its attempt counted and the mail taken as perhaps arrived.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).armAndBegin({ leaseForMs: shortLeaseMs });
      const { claim, claimed } = await claimOnceLeaseEnds({ storage: otherProcess, survey });
      const { attempts, mayHaveReached, status } = claimed.row;
      expectEqual(
        [claimed.resumed, attempts, mayHaveReached, status],
        [true, 1, true, "sending"],
        "the resumed survey",
      );
      const secondToken = await stepsOn(otherProcess).begin({ claim });
      expectEqual((await stepsOn(storage).survey(survey)).attempts, 2, "attempts after the second begin");
      for (const tokenHash of [survey.tokenHash, secondToken]) {
        expectTrue((await storage.surveys.findByToken(tokenHash)) !== null, "the links of both mails work");
      }
    },
  },
  {
    id: "surveys/lease/begin-renews",
    rule: "The send's own lease replaces the claim's: it protects as long as it says, and no longer.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const protectedSurvey = await steps.armAndBegin({ leaseForMs: longLeaseMs });
      const unprotected = await steps.armAndBegin({ leaseForMs: shortLeaseMs });
      await claimOnceLeaseEnds({ storage: otherProcess, survey: unprotected });
      expectEqual(await otherProcess.surveys.claimDue(claimAll), [], "claims of the protected one");
      expectEqual((await steps.survey(protectedSurvey)).status, "sending", "its status");
    },
  },
  {
    id: "surveys/lease/late-writer-changes-nothing",
    rule: "After another worker has claimed the survey, every write of the first returns that its lease is lost and changes nothing.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm();
      const stale = await stepsOn(storage).claim({ survey, leaseForMs: shortLeaseMs });
      const { claim } = await claimOnceLeaseEnds({ storage: otherProcess, survey });
      const before = await stepsOn(storage).survey(survey);
      const tokenHash = uniqueId("token");
      const send = { tokenHash, page: aPage(), leaseForMs: longLeaseMs };
      expectEqual(await storage.surveys.beginSend(stale, send), false, "beginSend");
      expectEqual(await storage.surveys.findByToken(tokenHash), null, "its token");
      expectEqual(
        await storage.surveys.markSent({ ...stale, sentAt: minute(61), messageId: null }),
        "lost_lease",
        "markSent",
      );
      expectEqual(
        await storage.surveys.markSkipped({ ...stale, reason: "expired" }),
        "lost_lease",
        "markSkipped",
      );
      for (const retryAt of [null, minute(61)]) {
        expectEqual(
          await storage.surveys.markFailed(aFailure({ claim: stale, retryAt })),
          "lost_lease",
          "markFailed",
        );
      }
      await storage.surveys.release([stale]);
      expectEqual(await stepsOn(storage).survey(survey), before, "the survey");
      expectEqual(await storage.surveys.claimDue(claimAll), [], "claims beside the second worker's");
      await stepsOn(otherProcess).begin({ claim });
      expectEqual(
        await otherProcess.surveys.markSent({ ...claim, sentAt: minute(62), messageId: null }),
        "done",
        "markSent of the second worker",
      );
    },
  },
  {
    id: "surveys/lease/unknown-leases",
    rule: "A lease that never was, or was given for another workspace or survey, writes nothing.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm();
      const other = await stepsOn(storage).arm();
      const claim = await stepsOn(storage).claim({ survey });
      const otherClaim = await stepsOn(storage).claim({ survey: other });
      const before = await stepsOn(storage).survey(survey);
      for (const wrong of [
        { ...claim, leaseId: uniqueId("lease") },
        { ...claim, leaseId: otherClaim.leaseId },
        { ...claim, workspaceId: other.workspaceId },
        { ...claim, id: uniqueId("survey") },
      ]) {
        const send = { tokenHash: uniqueId("token"), page: aPage(), leaseForMs: longLeaseMs };
        expectEqual(await storage.surveys.beginSend(wrong, send), false, "beginSend");
        expectEqual(
          await storage.surveys.markSent({ ...wrong, sentAt: minute(61), messageId: null }),
          "lost_lease",
          "markSent",
        );
        expectEqual(
          await storage.surveys.markSkipped({ ...wrong, reason: "expired" }),
          "lost_lease",
          "markSkipped",
        );
        expectEqual(await storage.surveys.markFailed(aFailure({ claim: wrong })), "lost_lease", "markFailed");
        await storage.surveys.release([wrong]);
        expectEqual(await stepsOn(storage).survey(survey), before, "the survey");
      }
    },
  },
  {
    id: "surveys/lease/over-once-settled",
    rule: "A lease is over once its claim was released, skipped, put off or given up: it writes nothing to what comes next.",
    async run({ storage }) {
      for (const end of ["released", "put off", "skipped", "given up"] as const) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        if (end === "released") await storage.surveys.release([claim]);
        if (end === "put off") await stepsOn(storage).fail({ claim, retryAt: minute(60) });
        if (end === "skipped") await stepsOn(storage).skip({ claim });
        if (end === "given up") await stepsOn(storage).fail({ claim });
        const before = await stepsOn(storage).survey(survey);
        const send = { tokenHash: uniqueId("token"), page: aPage(), leaseForMs: longLeaseMs };
        expectEqual(await storage.surveys.beginSend(claim, send), false, `beginSend when ${end}`);
        const again = { retryAt: null, reason: "attempts_used_up" } as const;
        expectEqual(
          [
            await storage.surveys.markSent({ ...claim, sentAt: minute(61), messageId: null }),
            await storage.surveys.markSkipped({ ...claim, reason: "expired" }),
            await storage.surveys.markFailed(aFailure({ claim, ...again })),
          ],
          ["lost_lease", "lost_lease", "lost_lease"],
          `the outcomes when ${end}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, `the survey when ${end}`);
      }
    },
  },
  {
    id: "surveys/lease/ended-lease-begins-nothing",
    rule: "A lease that has ended begins no send, even while nobody else has claimed the survey.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm();
      const claim = await stepsOn(storage).claim({ survey, leaseForMs: shortLeaseMs });
      await untilLeaseEnds({ storage });
      const tokenHash = uniqueId("token");
      expectEqual(
        await storage.surveys.beginSend(claim, { tokenHash, page: aPage(), leaseForMs: longLeaseMs }),
        false,
        "beginSend",
      );
      expectEqual(await storage.surveys.findByToken(tokenHash), null, "its token");
      const { attempts, mayHaveReached } = await stepsOn(storage).survey(survey);
      expectEqual([attempts, mayHaveReached], [0, false], "attempts and mayHaveReached");
    },
  },
  {
    id: "surveys/lease/ended-lease-still-settles",
    rule: "A send whose lease has ended is still settled by its own worker, as long as nobody else has claimed it.",
    async run({ storage }) {
      const survey = await stepsOn(storage).armAndBegin({ leaseForMs: shortLeaseMs });
      await untilLeaseEnds({ storage });
      expectEqual(
        await storage.surveys.markSent({ ...survey.claim, sentAt: minute(61), messageId: null }),
        "done",
        "markSent",
      );
      expectEqual((await stepsOn(storage).survey(survey)).status, "sent", "the status");
    },
  },
  {
    id: "surveys/lease/resumed-claim-remembers",
    rule: "What was learned during the first claim, a later resolution or a leaving, counts for the worker that resumes.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const resolved = await steps.arm();
      await steps.claim({ survey: resolved, leaseForMs: shortLeaseMs });
      await storage.surveys.arm([
        aNewSurvey({ ...refOf(resolved), resolvedAt: minute(50), dueAt: minute(110) }),
      ]);
      const resumed = await claimOnceLeaseEnds({ storage: otherProcess, survey: resolved });
      expectEqual(
        await otherProcess.surveys.markSkipped({ ...resumed.claim, reason: "ticket_not_resolved" }),
        "rearmed",
        "the skipping of the one resolved again",
      );
      const left = await steps.arm();
      await steps.claim({ survey: left, leaseForMs: shortLeaseMs });
      await storage.surveys.leave([aLeaving({ ...refOf(left), reason: "closed" })]);
      const again = await claimOnceLeaseEnds({ storage: otherProcess, survey: left });
      await stepsOn(otherProcess).fail({ claim: again.claim, retryAt: minute(70) });
      const { status, reason } = await steps.survey(left);
      expectEqual([status, reason], ["canceled", "closed"], "the one that was left");
    },
  },
];
