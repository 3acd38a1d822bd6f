import { expectEqual } from "../assertions.ts";
import { aNewSurvey, aTicket, inCoreOrder, minute, refOf, tickets } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs, type Way } from "../states.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

const neverDue: readonly Way[] = [
  "sent",
  "answered",
  "canceled",
  "skipped",
  "failed",
  "erased",
  "canceled after a mail",
  "skipped after a mail",
  "failed after a mail",
];

const claim = { leaseForMs: longLeaseMs, limit: 100 };

/** Which surveys a claim leases. */
export const surveysClaimCases: readonly StorageCase[] = [
  {
    id: "surveys/claim/due-from-its-time-on",
    rule: "A survey is due from `dueAt` on, to the millisecond, and claimed as it stands, now sending.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm({ dueAt: minute(60) });
      const before = await stepsOn(storage).survey(survey);
      const tooEarly = new Date(minute(60).getTime() - 1);
      expectEqual(await storage.surveys.claimDue({ ...claim, now: tooEarly }), [], "due a millisecond early");
      const claimed = await storage.surveys.claimDue({ ...claim, now: minute(60) });
      expectEqual(
        claimed.map(({ row, resumed }) => ({ row, resumed })),
        [{ row: { ...before, status: "sending" }, resumed: false }],
        "the claim",
      );
      expectEqual(await stepsOn(otherProcess).survey(survey), { ...before, status: "sending" }, "the survey");
    },
  },
  {
    id: "surveys/claim/leased-to-one",
    rule: "A leased survey is claimed by nobody else while the lease lasts, named or not.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm();
      await stepsOn(storage).claim({ survey });
      const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
      for (const handle of [storage, otherProcess]) {
        expectEqual(await handle.surveys.claimDue({ ...claim, now: minute(90) }), [], "a second claim");
        expectEqual(
          await handle.surveys.claimDue({ ...claim, now: minute(90), only }),
          [],
          "a second claim by name",
        );
      }
    },
  },
  {
    id: "surveys/claim/over-is-never-due",
    rule: "Nothing that is over is ever claimed, not even by name: only scheduled surveys, and sending ones without a lease.",
    async run({ storage }) {
      for (const way of neverDue) {
        const survey = await aSurveyThatIs({ way, storage });
        const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
        const now = minute(1_000_000);
        expectEqual(await storage.surveys.claimDue({ ...claim, now }), [], `due when ${way}`);
        expectEqual(await storage.surveys.claimDue({ ...claim, now, only }), [], `due by name when ${way}`);
      }
    },
  },
  {
    id: "surveys/claim/only-narrows",
    rule: "`only` claims the named survey and generation and nothing else; it makes nothing due before its time.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      const other = await steps.arm({ workspaceId: survey.workspaceId });
      const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
      const at60 = { ...claim, now: minute(60) };
      const misses = [
        { ...only, generation: 2 },
        { ...only, generation: 0 },
        { ...only, workspaceId: aTicket().workspaceId },
        { ...only, id: survey.ticketId },
      ];
      for (const miss of misses) {
        expectEqual(
          await storage.surveys.claimDue({ ...at60, only: miss }),
          [],
          `a claim of ${JSON.stringify(miss)}`,
        );
      }
      expectEqual(
        await storage.surveys.claimDue({ ...claim, now: minute(59), only }),
        [],
        "a claim before its time",
      );
      const claimed = await storage.surveys.claimDue({ ...at60, only: { ...only, generation: 1 } });
      expectEqual(
        claimed.map(({ row }) => row.id),
        [survey.surveyId],
        "the claim",
      );
      expectEqual((await steps.survey(other)).status, "scheduled", "the other survey");
    },
  },
  {
    id: "surveys/claim/only-knows-generations",
    rule: "A wake-up for an earlier generation claims nothing; one for the present generation, or for any, does.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      for (const generation of [2, undefined]) {
        const survey = await steps.arm();
        await steps.cancel(refOf(survey));
        await steps.arm({ ...refOf(survey), resolvedAt: minute(20), dueAt: minute(60) });
        const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
        const at60 = { ...claim, now: minute(60) };
        expectEqual(
          await storage.surveys.claimDue({ ...at60, only: { ...only, generation: 1 } }),
          [],
          "a claim of generation 1",
        );
        const claimed = await storage.surveys.claimDue({
          ...at60,
          only: generation === undefined ? only : { ...only, generation },
        });
        expectEqual(
          claimed.map(({ row }) => row.generation),
          [2],
          "the claimed generation",
        );
      }
    },
  },
  {
    id: "surveys/claim/limit-and-order",
    rule: "A claim leases at most `limit` surveys, within a workspace those first that are due the longest; a limit of 0 leases none.",
    async run({ storage }) {
      const workspaceId = aTicket().workspaceId;
      const dueAt = [50, 10, 40, 20, 30];
      for (const due of dueAt) {
        await stepsOn(storage).arm({ workspaceId, ticketId: `due-${due}`, dueAt: minute(due) });
      }
      expectEqual(
        await storage.surveys.claimDue({ ...claim, now: minute(60), limit: 0 }),
        [],
        "a claim of none",
      );
      const batches: string[][] = [];
      for (const limit of [2, 1, 10]) {
        const claimed = await storage.surveys.claimDue({ ...claim, now: minute(60), limit });
        batches.push(claimed.map(({ row }) => row.ticketId).sort());
      }
      expectEqual(batches, [["due-10", "due-20"], ["due-30"], ["due-40", "due-50"]], "the claimed batches");
    },
  },
  {
    id: "surveys/claim/no-workspace-starves",
    rule: "While others wait, no workspace takes a whole batch: two single surveys leave within two batches, behind 40 older ones of another workspace.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      await storage.surveys.arm(tickets(40).map((ref) => aNewSurvey({ ...ref, dueAt: minute(1) })));
      const single = await steps.arm({ dueAt: minute(50) });
      const another = await steps.arm({ dueAt: minute(55) });
      const first = await storage.surveys.claimDue({ ...claim, now: minute(60), limit: 5 });
      const second = await storage.surveys.claimDue({ ...claim, now: minute(60), limit: 5 });
      expectEqual([first.length, second.length], [5, 5], "the sizes of the batches");
      const workspaces = new Set(first.map(({ row }) => row.workspaceId));
      expectEqual(workspaces.size > 1, true, "the first batch serves several workspaces");
      const claimed = new Set([...first, ...second].map(({ row }) => row.id));
      expectEqual(
        [claimed.has(single.surveyId), claimed.has(another.surveyId)],
        [true, true],
        "the single surveys are among the first ten",
      );
    },
  },
  {
    id: "surveys/claim/left-out-workspaces-hide-no-others",
    rule: "A claim that leaves workspaces out still gets the due surveys of all others.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const out = await steps.arm({ dueAt: minute(1) });
      const survey = await steps.arm();
      const another = await steps.arm();
      const claimed = await storage.surveys.claimDue({
        ...claim,
        now: minute(60),
        exceptWorkspaces: [out.workspaceId],
      });
      const ids = claimed.map(({ row }) => row.id).filter((id) => id !== out.surveyId);
      expectEqual(new Set(ids), new Set([survey.surveyId, another.surveyId]), "the surveys of the others");
      const rest = await steps.arm();
      const all = await storage.surveys.claimDue({ ...claim, now: minute(60), exceptWorkspaces: [] });
      expectEqual(
        all.some(({ row }) => row.id === rest.surveyId),
        true,
        "an empty list leaves nobody out",
      );
    },
  },
  {
    id: "surveys/claim/parallel-claims-share-nothing",
    rule: "Twenty claims at once through two handles never lease one survey twice, and miss none.",
    async run({ storage, otherProcess }) {
      const workspaces = inCoreOrder([tickets(30), tickets(20), tickets(10)].flat());
      await storage.surveys.arm(workspaces.map((ref) => aNewSurvey(ref)));
      const at60 = { ...claim, now: minute(60), limit: 10 };
      const batches = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? storage : otherProcess).surveys.claimDue(at60),
        ),
      );
      const claimed = batches.flat();
      // A claim that meets rows of another may return fewer than it could; later ones find what is left.
      for (let more = 1; more > 0; ) {
        const batch = await otherProcess.surveys.claimDue(at60);
        claimed.push(...batch);
        more = batch.length;
      }
      expectEqual(claimed.length, 60, "surveys claimed in all");
      expectEqual(new Set(claimed.map(({ row }) => row.id)).size, 60, "different surveys claimed");
      expectEqual(batches.filter((batch) => batch.length > 10).length, 0, "claims beyond their limit");
    },
  },
];
