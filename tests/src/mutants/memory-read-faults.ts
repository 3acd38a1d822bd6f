import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/memory` reads, claims, lists and counts. */
export const memoryReadFaults: readonly Fault[] = [
  ...faultsIn("memory/src/read.ts", [
    [
      "an absent record has a version",
      "read/absent-records",
      "version: 0, state: null",
      "version: 1, state: null",
    ],
    ["a claim takes records of any kind", "claim/one-kind", "key.kind !== kind || ", ""],
    [
      "workspaces that are left out hide the others",
      "claim/turns/left-out-workspaces",
      "left.has(key.workspaceId)",
      "left.size > 0",
    ],
    [
      "the limit of a claim is off by one",
      "claim/limit-and-order",
      "Math.max(0, limit)",
      "Math.max(0, limit + 1)",
    ],
    [
      "leases run on the caller's clock",
      "lease/ends-by-the-database-clock",
      "const leasedAt = tables.leaseClock.now();",
      "const leasedAt = now;",
    ],
    [
      "nobody is told that a lease ran out",
      "lease/ends-by-the-database-clock",
      "resumed: lease !== null",
      "resumed: false",
    ],
    [
      "what is due exactly now is not claimed",
      "claim/due-from-its-time-on",
      "due.wakeAt <= now",
      "due.wakeAt < now",
    ],
    [
      "leases are ignored",
      "claim/leased-to-one",
      "(lease === null || lease.until <= leasedAt)",
      "leasedAt !== null",
    ],
    [
      "the one that was due first at first goes first",
      "claim/limit-and-order",
      "dueAt: waiting.wakeAt",
      "dueAt: waiting.firstDueAt",
    ],
    [
      "all leases have one id",
      "claim/race/share-nothing",
      "const leaseId = crypto.randomUUID();",
      'const leaseId = "lease";',
    ],
  ]),
  ...faultsIn("memory/src/fair-order.ts", [
    ["a flood goes first", "claim/turns/flood", "one.turn - other.turn ||", "0 ||"],
    [
      "the workspace that had the last turn has the next one",
      "claim/turns/behind-the-last",
      "compareText(entry.workspaceId, after) > 0",
      "compareText(entry.workspaceId, after) >= 0",
    ],
    [
      "turns go in the order of UTF-16",
      "claim/turns/code-points",
      "compareText(one.entry.workspaceId, other.entry.workspaceId)",
      "(one.entry.workspaceId < other.entry.workspaceId ? -1 : Number(one.entry.workspaceId > other.entry.workspaceId))",
    ],
  ]),
  ...faultsIn("memory/src/lists.ts", [
    [
      "a journal leaves out what decisions rest on",
      "history/beside-the-journal",
      "    .map(({ entry }) => entry)\n",
      "    .map(({ entry: { facts: _facts, ...entry } }) => entry)\n",
    ],
    [
      "lines of one time are told by ticket",
      "history/oldest-first",
      "id: `${number}`.padStart(16",
      "id: `${entry.ticketId.replace(/\\D/g, '')}`.padStart(16",
    ],
    [
      "a history holds its end",
      "history/half-open-window",
      "entry.at < window.until",
      "entry.at <= window.until",
    ],
    [
      "a window holds its end",
      "answers/list/half-open-window",
      "response.respondedAt < window.until",
      "response.respondedAt <= window.until",
    ],
    [
      "the greatest rating is left out",
      "answers/list/by-rating",
      "response.rating <= maxRating",
      "response.rating < maxRating",
    ],
    [
      "the filter of Unattributed keeps everything",
      "answers/list/by-resolver",
      "resolvedBy === undefined || row",
      "resolvedBy == null || row",
    ],
    [
      "the journal is in the order of writing",
      "journal/oldest-first",
      "one.at.getTime() - other.at.getTime()",
      "0",
    ],
    [
      "dead events are in their list alone",
      "events/dead-ones",
      "query.dead && !cells.dead",
      "query.dead !== cells.dead",
    ],
    [
      "what was given up just then is left out",
      "failed/since",
      "due.failedAt >= since",
      "due.failedAt > since",
    ],
    ["any reason is listed", "failed/by-reasons", "reasons.includes(due.reason)", "reasons.length > 0"],
    ["events are listed as given-up tickets", "failed/what-was-given-up", 'key.kind === "ticket" &&', ""],
  ]),
  ...faultsIn("memory/src/keyset.ts", [
    [
      "a page repeats its last row",
      "pages/events/every-row-once",
      "compare(placeOf(row), after) > 0",
      "compare(placeOf(row), after) >= 0",
    ],
    [
      "rows of one time hide each other",
      "pages/answers/every-row-once",
      " || compareText(one.id, other.id)",
      "",
    ],
  ]),
  ...faultsIn("core/src/ports/store/page-of.ts", [
    [
      "a full last page leads to an empty one",
      "pages/failed/last-page",
      "rows.length > shown.length",
      "rows.length >= shown.length",
    ],
  ]),
  ...faultsIn("memory/src/counts.ts", [
    ["a window counts the day it ends at", "counts/half-open-windows", "at < until", "at <= until"],
    [
      "sends and resolvers of both windows are the cohort",
      "counts/by-day-and-resolver",
      "resolvers: rows.filter(({ day }) => isIn(day, current)),",
      "resolvers: rows.filter(({ day }) => isIn(day, current) || isIn(day, previous)),",
    ],
    [
      "a day has one resolver",
      "counts/by-day-and-resolver",
      "[workspaceId, day, resolvedBy, part]",
      "[workspaceId, day, part]",
    ],
    [
      "parts of a day are one",
      "parts/by-part-and-day",
      "[workspaceId, day, resolvedBy, part]",
      "[workspaceId, day, resolvedBy, part === undefined]",
    ],
    [
      "the whole has its parts in it",
      "parts/beside-the-whole",
      "row.part === part)",
      "part === undefined || row.part === part)",
    ],
    [
      "a prefix may stand anywhere in a name",
      "parts/literal-prefix",
      "part?.startsWith(prefix)",
      "part?.includes(prefix)",
    ],
    [
      "a recount counts excluded answers",
      "recount/excluded-answers",
      "row === undefined || row.excluded",
      "row === undefined",
    ],
    ["a recount takes parts for errors", "parts/recount", ".filter(({ part }) => part === undefined)", ""],
    [
      "a recount finds and mends nothing",
      "recount/finds-and-mends",
      "for (const delta of missingCounts(was, is)) count(tables, workspaceId, delta);",
      "",
    ],
  ]),
  ...faultsIn("memory/src/write.ts", [
    [
      "facts of the JSON null are none",
      "history/as-it-was-told",
      "facts === undefined ? entry",
      "facts == null ? entry",
    ],
  ]),
  ...faultsIn("core/src/survey/add-counts.ts", [
    [
      "counts never go down",
      "counts/sums-of-deltas",
      "sent: sum.sent + count.sent",
      "sent: sum.sent + Math.max(0, count.sent)",
    ],
    [
      "Unattributed comes first",
      "counts/order",
      "Number(one === null) - Number(other === null)",
      "Number(other === null) - Number(one === null)",
    ],
    [
      "a recount compares no answered sends",
      "recount/equal-totals",
      "sent !== 0 || answered !== 0 ||",
      "sent !== 0 ||",
    ],
  ]),
];
