import { type Backlog, countedUpTo, type HeadChange, type Trouble } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, givenUp, minute, someKeys, utc, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import {
  claim,
  claimOnceLeaseEnds,
  mustWrite,
  rewritten,
  shortLeaseMs,
  stored,
  untilLeaseEnds,
} from "../steps.ts";

const empty: Backlog = {
  dueSurveys: 0,
  oldestDueAt: null,
  expiredLeases: 0,
  failedSurveys: 0,
  dueEvents: 0,
  deadEvents: 0,
  waitingSince: null,
  eventsWaitingSince: null,
  failing: [],
  givenUp: [],
};

/** What readiness checks count. */
export const backlogCases: readonly StorageCase[] = [
  {
    id: "backlog/nothing",
    rule: "An empty database, and records without anything due, count as nothing.",
    async run({ storage }) {
      expectEqual(await storage.backlog(minute(60)), empty, "the backlog of an empty database");
      await stored(storage.auto, aKey());
      await stored(storage.auto, aKey({ kind: "event" }), { due: null });
      expectEqual(await storage.backlog(minute(60)), empty, "the backlog without anything due");
    },
  },
  {
    id: "backlog/due-and-given-up",
    rule: "Due surveys and events and given-up ones are counted apart, over all workspaces; what waits for a later time is not counted.",
    async run({ storage, otherProcess }) {
      const put = async (kind: "ticket" | "event", due: ReturnType<typeof waiting>, times: number) => {
        for (let time = 0; time < times; time++) await stored(storage.auto, aKey({ kind }), { due });
      };
      await put("ticket", waiting(minute(60)), 3);
      await put("ticket", waiting(minute(61)), 10);
      await put("ticket", givenUp(), 2);
      await put("event", waiting(minute(59)), 4);
      await put("event", waiting(minute(62)), 10);
      await put("event", givenUp(), 5);
      const wanted = {
        ...empty,
        dueSurveys: 3,
        oldestDueAt: minute(60),
        failedSurveys: 2,
        dueEvents: 4,
        deadEvents: 5,
        waitingSince: minute(60),
        eventsWaitingSince: minute(59),
      };
      const counted = async (at: number): Promise<Backlog> => ({
        ...(await otherProcess.backlog(minute(at))),
        givenUp: [],
      });
      expectEqual(await counted(60), wanted, "the backlog");
      expectEqual(await counted(62), { ...wanted, dueSurveys: 13, dueEvents: 14 }, "two minutes later");
    },
  },
  {
    id: "backlog/lateness-counts-from-the-first",
    rule: "The oldest of what is due is told by when it was to go out at first, to the millisecond, and not by when to look again.",
    async run({ storage }) {
      const first = utc("2026-02-27T08:00:00.123Z");
      await stored(storage.auto, aKey(), { due: waiting(minute(10), minute(10)) });
      const put = await stored(storage.auto, aKey(), { due: waiting(minute(60), first) });
      await stored(storage.auto, aKey(), { due: waiting(minute(61), utc("2026-01-01T00:00:00.000Z")) });
      await stored(storage.auto, aKey({ kind: "event" }), { due: waiting(minute(1), minute(-9000)) });
      expectEqual((await storage.backlog(minute(60))).oldestDueAt, first, "the oldest");
      await rewritten(storage.auto, put, { due: null });
      expectEqual((await storage.backlog(minute(60))).oldestDueAt, minute(10), "the oldest after its end");
    },
  },
  {
    id: "backlog/leases",
    rule: "What is leased is not due; once its lease has run out it is due again and counts as an expired lease, until somebody claims it.",
    async run({ storage }) {
      await stored(storage.auto, aKey(), { due: waiting() });
      await claim(storage.auto);
      const leased = { ...empty, waitingSince: minute(60) };
      expectEqual(await storage.backlog(minute(60)), leased, "the backlog while it is leased");
      await stored(storage.auto, aKey(), { due: waiting() });
      await claim(storage.auto, { leaseForMs: shortLeaseMs });
      await untilLeaseEnds(storage);
      const expired = { ...leased, dueSurveys: 1, oldestDueAt: minute(60), expiredLeases: 1 };
      expectEqual(await storage.backlog(minute(60)), expired, "the backlog after the lease ran out");
      await claimOnceLeaseEnds(storage.auto);
      expectEqual(await storage.backlog(minute(60)), leased, "the backlog after it was claimed again");
    },
  },
  {
    id: "backlog/waiting-since",
    rule: "What waits is late from when it was to be done at first, also while it is put off; what is not due yet is not.",
    async run({ storage }) {
      await stored(storage.auto, aKey(), { due: waiting(minute(90)) });
      await stored(storage.auto, aKey({ kind: "event" }), { due: waiting(minute(91)) });
      expectEqual(await storage.backlog(minute(60)), empty, "the backlog before anything is due");
      const put = await stored(storage.auto, aKey(), { due: waiting(minute(120), minute(7)) });
      await stored(storage.auto, aKey({ kind: "event" }), { due: waiting(minute(120), minute(8)) });
      const late = { ...empty, waitingSince: minute(7), eventsWaitingSince: minute(8) };
      expectEqual(await storage.backlog(minute(60)), late, "the backlog with what is put off");
      await rewritten(storage.auto, put, { due: givenUp() });
      expectEqual((await storage.backlog(minute(60))).waitingSince, null, "once it is given up");
    },
  },
  {
    id: "backlog/troubles",
    rule: "What waits and fails, and what was given up, is listed once for each kind, workspace and reason, with the earliest time.",
    async run({ storage, otherProcess }) {
      const failing = (at: number, reason: string) => ({
        ...waiting(minute(120), minute(at)),
        failing: reason,
      });
      const put = (workspaceId: string, kind: "ticket" | "event", due: HeadChange["due"]) =>
        stored(storage.auto, aKey({ kind, workspaceId }), { due: due ?? null });
      await put("b", "ticket", failing(9, "mail"));
      await put("a", "ticket", failing(8, "mail"));
      await put("a", "ticket", failing(7, "mail"));
      const mended = await put("a", "ticket", failing(6, "mail"));
      await put("a", "ticket", failing(5, "chat"));
      await put("a", "ticket", waiting(minute(120), minute(4)));
      await put("a", "event", failing(3, "mail"));
      await put("a", "ticket", givenUp("refused", minute(2)));
      await put("a", "ticket", givenUp("refused", minute(1)));
      await put("b", "event", givenUp("refused", minute(10)));
      await rewritten(storage.auto, mended, { due: waiting() });
      const backlog = await otherProcess.backlog(minute(60));
      const listed = (troubles: readonly Trouble[]) =>
        troubles.map(({ kind, workspaceId, reason, since }) => [kind, workspaceId, reason, since]);
      expectEqual(
        listed(backlog.failing),
        [
          ["ticket", "a", "chat", minute(5)],
          ["ticket", "a", "mail", minute(7)],
          ["ticket", "b", "mail", minute(9)],
          ["event", "a", "mail", minute(3)],
        ],
        "what waits and fails",
      );
      expectEqual(
        listed(backlog.givenUp),
        [
          ["ticket", "a", "refused", minute(1)],
          ["event", "b", "refused", minute(10)],
        ],
        "what was given up",
      );
    },
  },
  {
    id: "backlog/counts-stop",
    rule: "Counting stops at 10,000 for what is due and what was given up; the oldest is exact all the same.",
    async run({ storage }) {
      const keys = someKeys(10_050);
      const events = someKeys(10_050, { kind: "event" });
      for (let from = 0; from < keys.length; from += 1000) {
        const due = keys.slice(from, from + 1000).map((key) => aChange([aHead(key, { due: waiting() })]));
        await mustWrite(storage.auto, ...due);
        const dead = events.slice(from, from + 1000).map((key) => aChange([aHead(key, { due: givenUp() })]));
        await mustWrite(storage.auto, ...dead);
      }
      await stored(storage.auto, aKey({ workspaceId: "zzz" }), { due: waiting(minute(60), minute(1)) });
      const backlog = await storage.backlog(minute(60));
      expectEqual(
        [backlog.dueSurveys, backlog.deadEvents, backlog.oldestDueAt, backlog.waitingSince],
        [countedUpTo, countedUpTo, minute(1), minute(1)],
        "the counts and the oldest",
      );
      expectEqual(backlog.givenUp.length, 1, "the reasons for which events were given up");
    },
  },
];
