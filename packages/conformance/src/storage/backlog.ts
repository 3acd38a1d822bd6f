import { type Backlog, countedUpTo } from "@csat/core";
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
      };
      expectEqual(await otherProcess.backlog(minute(60)), wanted, "the backlog");
      const later = { ...wanted, dueSurveys: 13, dueEvents: 14 };
      expectEqual(await otherProcess.backlog(minute(62)), later, "the backlog two minutes later");
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
      expectEqual(await storage.backlog(minute(60)), empty, "the backlog while it is leased");
      await stored(storage.auto, aKey(), { due: waiting() });
      await claim(storage.auto, { leaseForMs: shortLeaseMs });
      await untilLeaseEnds(storage);
      const expired = { ...empty, dueSurveys: 1, oldestDueAt: minute(60), expiredLeases: 1 };
      expectEqual(await storage.backlog(minute(60)), expired, "the backlog after the lease ran out");
      await claimOnceLeaseEnds(storage.auto);
      expectEqual(await storage.backlog(minute(60)), empty, "the backlog after it was claimed again");
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
      const wanted = { ...empty, dueSurveys: countedUpTo, oldestDueAt: minute(1), deadEvents: countedUpTo };
      expectEqual(await storage.backlog(minute(60)), wanted, "the backlog");
    },
  },
];
