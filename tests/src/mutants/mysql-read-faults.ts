import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/mysql` claims, lists and counts. */
export const mysqlReadFaults: readonly Fault[] = [
  ...faultsIn("mysql/src/claim.ts", [
    [
      "leases are ignored",
      "claim/leased-to-one",
      "(d.lease_until is null or d.lease_until <= ${databaseNow})",
      "true",
    ],
    [
      "leases run on the caller's clock",
      "claim/leased-to-one",
      "d.lease_until <= ${databaseNow})",
      'd.lease_until <= ${sql.placeholder("now")})',
    ],
    [
      "what is due exactly now is not claimed",
      "claim/due-from-its-time-on",
      "`${alias}ready = 0 and ${alias}wake_at <= `",
      "`${alias}ready = 0 and ${alias}wake_at < `",
    ],
    [
      "a flood goes first",
      "claim/turns/flood",
      "one.place - other.place || one.turn - other.turn",
      "one.turn - other.turn || one.place - other.place",
    ],
    [
      "claims at one moment get the same records",
      "claim/race/behind-an-open-claim",
      "limit ${sql.raw(String(wanted))} for update skip locked",
      "limit ${sql.raw(String(wanted))}",
    ],
    [
      "the workspace that had the last turn has the next one",
      "claim/turns/behind-the-last",
      'sql`${way(">")} union all',
      'sql`${way(">=")} union all',
    ],
    [
      "workspaces that are to be left out have their turn",
      "claim/turns/left-out-workspaces",
      ".filter((workspaceId) => !excepted.has(workspaceId))",
      "",
    ],
    [
      "nobody is told that a lease ran out",
      "lease/ends-by-the-database-clock",
      "d.lease_until is not null as resumed",
      "false as resumed",
    ],
    [
      "a claim says when to look again, not when it was due",
      "claim/as-it-stands",
      "${milliseconds(sql`d.first_due_at`)} as first_due_at",
      "${milliseconds(sql`d.wake_at`)} as first_due_at",
    ],
    [
      "the newest of a workspace goes first",
      "claim/oldest-of-many",
      "order by d.wake_at, d.id limit ${sql.raw(String(each))}",
      "order by d.wake_at desc, d.id limit ${sql.raw(String(each))}",
    ],
    ["all leases have one id", "claim/race/share-nothing", "l: crypto.randomUUID()", 'l: "lease"'],
  ]),
  ...faultsIn("mysql/src/lists.ts", [
    [
      "a window holds its end",
      "answers/list/half-open-window",
      "r.responded_at < ${stored(window.until)}",
      "r.responded_at <= ${stored(window.until)}",
    ],
    [
      "entries of one time are told backwards",
      "journal/equal-times",
      "order by j.at, entry_number",
      "order by j.at, entry_number desc",
    ],
    ["all events are dead", "events/dead-ones", "dead ? sql`and e.dead = 1`", "dead ? sql``"],
    ["what was locked and never stored is listed", "events/locked-and-absent", " and e.version > 0", ""],
    [
      "what was given up just then is left out",
      "failed/since",
      "d.failed_at >= ${stored(since)}",
      "d.failed_at > ${stored(since)}",
    ],
    [
      "given-up tickets of all workspaces are listed",
      "failed/what-was-given-up",
      "where d.workspace_id = ${workspaceId} and d.failed_at is not null",
      "where d.failed_at is not null",
    ],
    [
      "Unattributed is an actor's name",
      "answers/list/by-resolver",
      'r.resolved_by = ${resolvedBy ?? ""}',
      'r.resolved_by = ${resolvedBy ?? "null"}',
    ],
    [
      "ratings of 3 are looked for among the low ones",
      "answers/list/by-rating",
      "maxRating ?? 5) <= 2 ?",
      "maxRating ?? 5) <= 3 ?",
    ],
    [
      "a survey was sent when it was answered",
      "answers/list/rows",
      "coalesce(t.sent_at, r.responded_at)",
      "r.responded_at",
    ],
  ]),
  ...faultsIn("mysql/src/page-of.ts", [
    [
      "a page repeats its last row",
      "pages/answers/every-row-once",
      "or ${id} ${than} ${place.id})",
      "or ${id} ${than}= ${place.id})",
    ],
    [
      "a cursor of another spelling is taken",
      "pages/answers/invented-cursors",
      "timePattern.test(text) &&",
      'timePattern.test(text) || text !== "" ||',
    ],
  ]),
  ...faultsIn("mysql/src/row.ts", [
    [
      "times are read in the session's zone",
      "zones/times",
      "timestampdiff(microsecond, '1970-01-01', ${column}) / 1000",
      "unix_timestamp(${column}) * 1000",
    ],
    [
      "leases run on the session's clock",
      "zones/times",
      "(utc_timestamp(3) + interval timestampdiff(microsecond, now(6), sysdate(6)) microsecond)",
      "sysdate(3)",
    ],
  ]),
  ...faultsIn("mysql/src/backlog.ts", [
    [
      "lateness counts from when to look again",
      "backlog/lateness-counts-from-the-first",
      "select first_due_at, wake_at, lease_until from",
      "select wake_at as first_due_at, wake_at, lease_until from",
    ],
    [
      "what is leased counts as due",
      "backlog/leases",
      "sql`(d.lease_until is null or d.lease_until <= ${databaseNow})`",
      "sql`true`",
    ],
    [
      "counting never stops",
      "backlog/counts-stop",
      "where ${condition} limit ${upTo}) counted)`",
      "where ${condition}) counted)`",
    ],
    [
      "what has come due since the last claim is not counted",
      "backlog/due-and-given-up",
      "d.ready = 0 and d.wake_at <= ${at}`",
      "d.ready = 0 and d.lease_id is not null`",
    ],
    ["trouble began with its last survey", "backlog/troubles", "min(${since})", "max(${since})"],
  ]),
  ...faultsIn("mysql/src/counts/read-counts.ts", [
    [
      "a window counts the day it ends at",
      "counts/half-open-windows",
      "day < ${utcDay(until)}",
      "day <= ${utcDay(until)}",
    ],
    [
      "a filter of Unattributed finds nothing",
      "counts/one-resolver",
      'sql`true` : sql`actor_id = ${resolvedBy ?? ""}`',
      'sql`true` : sql`actor_id = ${resolvedBy ?? "null"}`',
    ],
  ]),
  ...faultsIn("mysql/src/counts/fold-counts.ts", [
    [
      "totals of a day lose what is folded",
      "housekeeping/changes-no-figure",
      "rows: added(deltas, withoutActor)",
      "rows: added(deltas.slice(1), withoutActor)",
    ],
  ]),
  ...faultsIn("mysql/src/counts/counts-lock.ts", [
    [
      "two fold at a time",
      "housekeeping/at-once",
      "(await look(sql``)).length > 0) return false;",
      "(await look(sql``)).length > 0) return true;",
    ],
  ]),
  ...faultsIn("mysql/src/counts/recount.ts", [
    [
      "a recount looks at all workspaces",
      "recount/one-workspace",
      "from ${table} where workspace_id = ${workspaceId} and part",
      "from ${table} where part",
    ],
  ]),
];
