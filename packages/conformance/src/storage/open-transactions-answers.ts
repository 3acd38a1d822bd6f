import { expectEqual } from "../assertions.ts";
import { anAnswer, aPage, aResolution, minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { raiseEvent } from "../events.ts";
import { current, previous } from "../history.ts";
import { whileOpen } from "../open-transaction.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

/** Answers, events and settings that meet what an open transaction did. */
export const openTransactionsAnswersCases: readonly StorageCase[] = [
  {
    id: "transactions/open/answer-meets-answer",
    rule: "An answer that meets an uncommitted one is a duplicate once that commits, and is recorded when that is rolled back.",
    async run({ storage, otherProcess }) {
      for (const [end, kind, rating] of [
        ["commit", "duplicate", 1],
        ["rollback", "recorded", 5],
      ] as const) {
        const sent = await stepsOn(storage).send();
        const answer = anAnswer({ tokenHash: sent.tokenHash, eventId: uniqueId("event") });
        const { meanwhile } = await whileOpen({
          storage,
          end,
          first: ({ responses }) => responses.record({ ...answer, rating: 1, eventId: uniqueId("event") }),
          meanwhile: () => otherProcess.responses.record({ ...answer, rating: 5 }),
        });
        expectEqual<string>(meanwhile.kind, kind, `the outcome after a ${end}`);
        expectEqual((await storage.responses.find(refOf(sent)))?.rating, rating, "the stored rating");
        const { items } = await storage.outbox.list(sent.workspaceId, {
          limit: 9,
          cursor: null,
          dead: false,
        });
        expectEqual(
          items.map(({ data }) => data.rating),
          [rating],
          "the events",
        );
      }
    },
  },
  {
    id: "transactions/open/answer-meets-erase",
    rule: "An answer and an erase of which one is not yet committed leave nothing of the answer, in either order.",
    async run({ storage, otherProcess }) {
      for (const order of ["erase first", "answer first"] as const) {
        const sent = await stepsOn(storage).send();
        const ref = refOf(sent);
        const answer = anAnswer({ tokenHash: sent.tokenHash, eventId: uniqueId("event") });
        if (order === "erase first") {
          const { meanwhile } = await whileOpen({
            storage,
            first: ({ surveys }) => surveys.erase([ref]),
            meanwhile: () => otherProcess.responses.record(answer),
          });
          expectEqual(meanwhile, { kind: "unknown_token" }, "the outcome");
        } else {
          await whileOpen({
            storage,
            first: ({ responses }) => responses.record(answer),
            meanwhile: () => otherProcess.surveys.erase([ref]),
          });
        }
        expectEqual(await storage.responses.find(ref), null, `the response, ${order}`);
        expectEqual(await storage.journal.list(ref), [], `the journal, ${order}`);
        const { items } = await storage.outbox.list(ref.workspaceId, { limit: 9, cursor: null, dead: false });
        expectEqual(items, [], `the events, ${order}`);
        expectEqual((await stepsOn(storage).survey(ref)).status, "erased", `the status, ${order}`);
      }
    },
  },
  {
    id: "transactions/open/begin-meets-erase",
    rule: "A send that would begin beside an uncommitted erase does not, and an uncommitted begin is erased with its link.",
    async run({ storage, otherProcess }) {
      const survey = await stepsOn(storage).arm();
      const claim = await stepsOn(storage).claim({ survey });
      const send = { page: aPage(), leaseForMs: longLeaseMs };
      const refused = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.erase([refOf(survey)]),
        meanwhile: () => otherProcess.surveys.beginSend(claim, { ...send, tokenHash: uniqueId("token") }),
      });
      expectEqual(refused.meanwhile, false, "beginSend");
      const other = await stepsOn(storage).arm();
      const otherClaim = await stepsOn(storage).claim({ survey: other });
      const tokenHash = uniqueId("token");
      await whileOpen({
        storage,
        first: ({ surveys }) => surveys.beginSend(otherClaim, { ...send, tokenHash }),
        meanwhile: () => otherProcess.surveys.erase([refOf(other)]),
      });
      expectEqual(await storage.surveys.findByToken(tokenHash), null, "the page");
      expectEqual((await stepsOn(storage).survey(other)).status, "erased", "the status");
    },
  },
  {
    id: "transactions/open/answer-meets-mark-sent",
    rule: "An answer and the acceptance of its mail of which one is not yet committed end as answered; the time that was known first stays.",
    async run({ storage, otherProcess }) {
      for (const order of ["accepted first", "answered first"] as const) {
        const begun = await stepsOn(storage).armAndBegin({ begunAt: minute(60) });
        const accepted = { ...begun.claim, sentAt: minute(61), messageId: null };
        const answer = anAnswer({ tokenHash: begun.tokenHash });
        await whileOpen<unknown, unknown>({
          storage,
          first: ({ surveys, responses }) =>
            order === "accepted first" ? surveys.markSent(accepted) : responses.record(answer),
          meanwhile: () =>
            order === "accepted first"
              ? otherProcess.responses.record(answer)
              : otherProcess.surveys.markSent(accepted),
        });
        const { status, sentAt } = await stepsOn(storage).survey(begun);
        const expected = order === "accepted first" ? minute(61) : minute(60);
        expectEqual([status, sentAt], ["answered", expected], `the survey, ${order}`);
      }
    },
  },
  {
    id: "transactions/open/answer-meets-late-resolution",
    rule: "An answer and the late event of an earlier resolution, one of them uncommitted, count for the earlier resolver, in either order.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      for (const order of ["answer first", "resolution first"] as const) {
        const sent = await stepsOn(storage).send({ workspaceId });
        const bob = aResolution({ ...refOf(sent), actorId: "bob" });
        await storage.resolutions.record([bob]);
        const ada = { ...bob, actorId: "ada", resolvedAt: minute(-1) };
        const answer = anAnswer({ tokenHash: sent.tokenHash, rating: 2 });
        await whileOpen<unknown, unknown>({
          storage,
          first: ({ responses, resolutions }) =>
            order === "answer first" ? responses.record(answer) : resolutions.record([ada]),
          meanwhile: () =>
            order === "answer first"
              ? otherProcess.resolutions.record([ada])
              : otherProcess.responses.record(answer),
        });
        expectEqual((await stepsOn(storage).survey(sent)).resolvedBy, "ada", `resolvedBy, ${order}`);
      }
      const counts = await storage.metrics.read({ workspaceId, current, previous });
      expectEqual(counts.resolvers, [{ actorId: "ada", rating: 2, count: 2 }], "the counts by resolver");
      expectEqual(await storage.recount(workspaceId), [], "the days that were off");
    },
  },
  {
    id: "transactions/open/settings-meet-settings",
    rule: "A change of settings that meets an uncommitted one of another field keeps both.",
    async run({ storage, otherProcess }) {
      for (const isFirst of [true, false]) {
        const workspaceId = uniqueId("workspace");
        if (!isFirst) await storage.settings.patch(workspaceId, { bodyIntro: "Hello" });
        const { meanwhile } = await whileOpen({
          storage,
          first: ({ settings }) => settings.patch(workspaceId, { enabled: true }),
          meanwhile: () => otherProcess.settings.patch(workspaceId, { subject: "How did we do?" }),
        });
        const both = {
          enabled: true,
          sendDelay: "24_hours",
          subject: "How did we do?",
          bodyIntro: isFirst ? null : "Hello",
        } as const;
        expectEqual(meanwhile, both, "the settings that the later change returned");
        expectEqual(await storage.settings.get(workspaceId), both, "the settings");
      }
    },
  },
  {
    id: "transactions/open/event-claimed-once",
    rule: "An event in an uncommitted claim is claimed by nobody else.",
    async run({ storage, otherProcess }) {
      const event = await raiseEvent({ storage });
      const claim = { now: minute(120), leaseForMs: longLeaseMs, limit: 10 };
      const { first, meanwhile } = await whileOpen({
        storage,
        first: ({ outbox }) => outbox.claimDue(claim),
        meanwhile: () => otherProcess.outbox.claimDue(claim),
      });
      expectEqual([first.length, meanwhile.length], [1, 0], "claims of both");
      expectEqual(first[0]?.row.id, event.id, "the claimed event");
    },
  },
];
