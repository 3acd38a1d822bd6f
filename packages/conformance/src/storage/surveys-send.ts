import { expectEqual, expectTrue } from "../assertions.ts";
import { aPage, minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimOnceLeaseEnds, shortLeaseMs } from "../lease.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

/** How a send begins, and how it is marked as sent. */
export const surveysSendCases: readonly StorageCase[] = [
  {
    id: "surveys/begin-send/counts-before-the-mail",
    rule: "Beginning a send counts the attempt and takes the mail as perhaps arrived, before anything is sent; all else stays.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm();
      const claim = await stepsOn(storage).claim({ survey });
      const before = await stepsOn(storage).survey(survey);
      await stepsOn(storage).begin({ claim });
      expectEqual(
        await stepsOn(otherProcess).survey(survey),
        { ...before, attempts: 1, mayHaveReached: true },
        "the survey",
      );
    },
  },
  {
    id: "surveys/begin-send/page-facts",
    rule: "A begun send keeps what the public page shows, character by character, and shows no answer yet.",
    async run({ storage, otherProcess }) {
      for (const page of [
        aPage({ locale: "pt-BR" }),
        aPage({
          locale: null,
          workspaceName: `"O'Hara" & <b>Söhne</b> 🎧`,
          ticketSubject: "‏فاتورة %_\\ {{x}}",
        }),
      ]) {
        const begun = await stepsOn(storage).armAndBegin({ workspaceId: page.workspaceId, page });
        expectEqual(
          await otherProcess.surveys.findByToken(begun.tokenHash),
          { page, respondedAt: null },
          "the page",
        );
      }
      expectEqual(await storage.surveys.findByToken(uniqueId("token")), null, "the page of an unknown token");
    },
  },
  {
    id: "surveys/begin-send/every-link-works",
    rule: "The tokens of all attempts stay valid, before and after the mail is accepted, and every page knows the answer.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin();
      const hashes = [begun.tokenHash];
      let claim = begun.claim;
      for (const at of [70, 80]) {
        await steps.fail({ claim, refused: false, retryAt: minute(at) });
        claim = await steps.claim({ survey: begun, now: minute(at) });
        hashes.push(await steps.begin({ claim }));
      }
      await storage.surveys.markSent({ ...claim, sentAt: minute(81), messageId: null });
      for (const hash of hashes) {
        expectEqual((await storage.surveys.findByToken(hash))?.respondedAt, null, "respondedAt before");
      }
      await steps.answer({ tokenHash: `${hashes[0]}`, respondedAt: minute(90) });
      for (const hash of hashes) {
        expectEqual(
          (await storage.surveys.findByToken(hash))?.respondedAt,
          minute(90),
          "respondedAt after the answer",
        );
      }
    },
  },
  {
    id: "surveys/begin-send/not-after-an-answer",
    rule: "A retry begins no send once an earlier mail was answered.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin();
      await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(65) });
      const claim = await steps.claim({ survey: begun, now: minute(65) });
      await steps.answer({ tokenHash: begun.tokenHash });
      const tokenHash = uniqueId("token");
      expectEqual(
        await storage.surveys.beginSend(claim, { tokenHash, page: aPage(), leaseForMs: longLeaseMs }),
        false,
        "beginSend",
      );
      expectEqual(await storage.surveys.findByToken(tokenHash), null, "the page of the new token");
      const { status, attempts } = await steps.survey(begun);
      expectEqual([status, attempts], ["answered", 1], "the survey");
    },
  },
  {
    id: "surveys/mark-sent/sent-for-good",
    rule: "An accepted mail makes the survey sent at that time; it is never due again and its attempt stays counted.",
    async run({ storage, otherProcess }) {
      const begun = await stepsOn(storage).armAndBegin();
      const before = await stepsOn(storage).survey(begun);
      const sentAt = new Date(minute(61).getTime() + 7);
      expectEqual(
        await storage.surveys.markSent({ ...begun.claim, sentAt, messageId: "<a@b.example>" }),
        "done",
        "markSent",
      );
      expectEqual(
        await stepsOn(otherProcess).survey(begun),
        { ...before, status: "sent", sentAt },
        "the survey",
      );
      const claim = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await otherProcess.surveys.claimDue(claim), [], "surveys due");
    },
  },
  {
    id: "surveys/mark-sent/settled-once",
    rule: "What was settled stays so: a second settling by the same worker does not change the survey.",
    async run({ storage }) {
      const sent = await stepsOn(storage).send({ sentAt: minute(61) });
      const before = await stepsOn(storage).survey(sent);
      await storage.surveys.markSent({ ...sent.claim, sentAt: minute(99), messageId: null });
      await storage.surveys.markSkipped({ ...sent.claim, reason: "expired" });
      await storage.surveys.markFailed({
        ...sent.claim,
        retryAt: minute(99),
        refused: true,
        countsAsAttempt: false,
        error: "late",
      });
      await storage.surveys.release([sent.claim]);
      expectEqual(await stepsOn(storage).survey(sent), before, "the survey");
    },
  },
  {
    id: "surveys/mark-sent/answered-meanwhile",
    rule: "A survey answered before its mail was known as accepted stays answered, and sent when its send began.",
    async run({ storage }) {
      const begun = await stepsOn(storage).armAndBegin({ begunAt: minute(60.5) });
      await stepsOn(storage).answer({ tokenHash: begun.tokenHash, respondedAt: minute(61) });
      const answered = await stepsOn(storage).survey(begun);
      expectEqual([answered.status, answered.sentAt], ["answered", minute(60.5)], "the survey");
      expectEqual(
        await storage.surveys.markSent({ ...begun.claim, sentAt: minute(62), messageId: "<a@b.example>" }),
        "done",
        "markSent",
      );
      expectEqual(await stepsOn(storage).survey(begun), answered, "the survey after markSent");
    },
  },
  {
    id: "surveys/mark-sent/answered-meanwhile-and-resumed",
    rule: "After an answer, only the last worker of the survey is told that it is done; an earlier one has lost its lease.",
    async run({ storage, otherProcess }) {
      const begun = await stepsOn(storage).armAndBegin({ leaseForMs: shortLeaseMs });
      const { claim } = await claimOnceLeaseEnds({ storage: otherProcess, survey: begun });
      await stepsOn(storage).answer({ tokenHash: begun.tokenHash });
      const sent = { sentAt: minute(62), messageId: null };
      expectEqual(
        await storage.surveys.markSent({ ...begun.claim, ...sent }),
        "lost_lease",
        "markSent of the first worker",
      );
      expectEqual(
        await otherProcess.surveys.markSent({ ...claim, ...sent }),
        "done",
        "markSent of the last worker",
      );
    },
  },
  {
    id: "surveys/release/back-as-it-was",
    rule: "A released survey is scheduled as before: same times, no attempt counted, and anybody may claim it at once.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      const before = await steps.survey(survey);
      const other = await steps.arm();
      const claims = [await steps.claim({ survey }), await steps.claim({ survey: other })];
      await storage.surveys.release(claims);
      expectEqual(await steps.survey(survey), before, "the survey");
      const claimed = await otherProcess.surveys.claimDue({
        now: minute(60),
        leaseForMs: longLeaseMs,
        limit: 10,
      });
      expectEqual(
        claimed.map(({ row, resumed }) => `${row.id} ${resumed}`).sort(),
        [`${survey.surveyId} false`, `${other.surveyId} false`].sort(),
        "the surveys due",
      );
      await storage.surveys.release([]);
    },
  },
  {
    id: "surveys/release/not-once-begun",
    rule: "A begun send is not given back: its mail may be on its way.",
    async run({ storage, otherProcess }) {
      const begun = await stepsOn(storage).armAndBegin();
      const before = await stepsOn(storage).survey(begun);
      await storage.surveys.release([begun.claim]);
      expectEqual(await stepsOn(storage).survey(begun), before, "the survey");
      const claim = { now: minute(60), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await otherProcess.surveys.claimDue(claim), [], "surveys due");
      expectTrue(
        (await storage.surveys.markSent({ ...begun.claim, sentAt: minute(61), messageId: null })) === "done",
        "its worker still settles it",
      );
    },
  },
  {
    id: "surveys/release/resumed-claim",
    rule: "A resumed claim that is released is due again and still counts the crashed attempt.",
    async run({ storage, otherProcess }) {
      const begun = await stepsOn(storage).armAndBegin({ leaseForMs: shortLeaseMs });
      const { claim } = await claimOnceLeaseEnds({ storage: otherProcess, survey: begun });
      await otherProcess.surveys.release([claim]);
      const { status, attempts, mayHaveReached } = await stepsOn(storage).survey(begun);
      expectEqual([status, attempts, mayHaveReached], ["scheduled", 1, true], "the survey");
      await stepsOn(storage).claim({ survey: begun });
    },
  },
];
