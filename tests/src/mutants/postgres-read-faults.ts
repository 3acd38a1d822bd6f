import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/postgres` claims, lists, counts and ends. */
export const postgresReadFaults: readonly Fault[] = [
  ...faultsIn("postgres/src/claim.ts", [
    [
      "leases are ignored",
      "claim/leased-to-one",
      "(d.lease_until is null or d.lease_until <= clock_timestamp())",
      "true",
    ],
    [
      "what is due exactly now is not claimed",
      "claim/due-from-its-time-on",
      'wake_at is not null and wake_at <= ${sql.placeholder("now")}',
      'wake_at is not null and wake_at < ${sql.placeholder("now")}',
    ],
    [
      "a flood goes first",
      "claim/turns/flood",
      "head order by head.place, turns.turn",
      "head order by turns.turn, head.place",
    ],
    [
      "leases run on the caller's clock",
      "claim/leased-to-one",
      "lease_until = clock_timestamp() +",
      "lease_until = ${at} +",
    ],
    [
      "claims at one moment get the same records",
      "claim/race/behind-an-open-claim",
      'order by c.place, c.turn limit ${sql.placeholder("limit")}::int for update of d skip locked',
      'order by c.place, c.turn limit ${sql.placeholder("limit")}::int',
    ],
    [
      "the workspace that had the last turn has the next one",
      "claim/turns/behind-the-last",
      "sql`d.workspace_id > ${afterText}`",
      "sql`d.workspace_id >= ${afterText}`",
    ],
    [
      "workspaces that are to be left out have their turn",
      "claim/turns/left-out-workspaces",
      "where workspace_id not in ${excepted}",
      "",
    ],
    [
      "nobody is told that a lease ran out",
      "lease/ends-by-the-database-clock",
      "d.lease_until is not null as resumed, row_number()",
      "false as resumed, row_number()",
    ],
    [
      "a claim says when to look again, not when it was due",
      "claim/as-it-stands",
      "${milliseconds(sql`leased.first_due_at`)} as first_due_at",
      "${milliseconds(sql`leased.wake_at`)} as first_due_at",
    ],
    [
      "the newest of a workspace goes first",
      "claim/oldest-of-many",
      "order by d.wake_at, d.id limit ${wanted}",
      "order by d.wake_at desc, d.id limit ${wanted}",
    ],
  ]),
  ...faultsIn("postgres/src/lists.ts", [
    [
      "a window holds its end",
      "answers/list/half-open-window",
      "r.responded_at < ${window.until",
      "r.responded_at <= ${window.until",
    ],
    [
      "a page repeats its last row",
      "pages/events/every-row-once",
      "(${at}, ${id}) < (",
      "(${at}, ${id}) <= (",
    ],
    [
      "entries of one time are told backwards",
      "journal/equal-times",
      "order by j.at, entry_number",
      "order by j.at, entry_number desc",
    ],
    [
      "lines of one time are told by ticket",
      "history/oldest-first",
      "order by j.at, j.entry_number",
      "order by j.at, j.ticket_id, j.entry_number",
    ],
    ["a history holds its end", "history/half-open-window", "j.at < ${until", "j.at <= ${until"],
    [
      "a page of the history repeats its last row",
      "pages/history/every-row-once",
      "(j.at, j.entry_number) > (",
      "(j.at, j.entry_number) >= (",
    ],
    ["all events are dead", "events/dead-ones", "query.dead ? sql`and e.dead`", "query.dead ? sql``"],
    [
      "what was given up just then is left out",
      "failed/since",
      "d.failed_at >= ${since",
      "d.failed_at > ${since",
    ],
    [
      "given-up tickets of all workspaces are listed",
      "failed/what-was-given-up",
      "where d.workspace_id = ${workspaceId}::text and d.failed_at is not null",
      "where d.failed_at is not null",
    ],
    [
      "a page of given-up tickets repeats its last row",
      "pages/failed/every-row-once",
      "(d.failed_at, d.id) > (",
      "(d.failed_at, d.id) >= (",
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
  ]),
  ...faultsIn("postgres/src/page-of.ts", [
    [
      "a cursor of another spelling is taken",
      "pages/answers/invented-cursors",
      "timePattern.test(text) && !Number.isNaN(Date.parse(text))",
      "true",
    ],
    ["a cursor of the history ends in anything", "history/changed-cursors", "/^\\d{1,18}$/.test(id)", "true"],
  ]),
  ...faultsIn("postgres/src/backlog.ts", [
    [
      "lateness counts from when to look again",
      "backlog/lateness-counts-from-the-first",
      "select first_due_at from (",
      "select wake_at as first_due_at from (",
    ],
    [
      "what is leased counts as due",
      "backlog/leases",
      "sql`(d.lease_until is null or d.lease_until <= clock_timestamp())`",
      "sql`true`",
    ],
    [
      "counting never stops",
      "backlog/counts-stop",
      "order by ${sql.raw(order)} limit ${upTo})`",
      "order by ${sql.raw(order)})`",
    ],
    [
      "what has come due since the last claim is not counted",
      "backlog/due-and-given-up",
      "not d.ready and d.wake_at is not null and",
      "not d.ready and d.lease_id is not null and",
    ],
  ]),
  ...faultsIn("postgres/src/counts/read-counts.ts", [
    [
      "a window counts the day it ends at",
      "counts/half-open-windows",
      "day < ${utcDay(until)}",
      "day <= ${utcDay(until)}",
    ],
    [
      "a filter of Unattributed finds nothing",
      "counts/one-resolver",
      'actor_id = ${resolvedBy ?? ""}',
      'actor_id = ${resolvedBy ?? "null"}',
    ],
    ["the whole has its parts in it", "parts/beside-the-whole", "${part} = any (parts)", "'' <= any (parts)"],
  ]),
  ...faultsIn("postgres/src/counts/read-parts.ts", [
    [
      "what is just beyond a prefix begins with it",
      "parts/literal-prefix",
      "part < ${beyond}",
      "part <= ${beyond}",
    ],
    ["the whole is a part", "parts/nothing", "part > '' and ", ""],
    [
      "parts of Unattributed are everybody's",
      "parts/one-resolver",
      "resolvedBy === undefined ? [] : [",
      "resolvedBy == null ? [] : [",
    ],
  ]),
  ...faultsIn("postgres/src/counts/fold-counts.ts", [
    [
      "totals of a day lose what is folded",
      "housekeeping/changes-no-figure",
      "from counted group by workspace_id, part, day ${unless",
      "from counted where false group by workspace_id, part, day ${unless",
    ],
    [
      "whom a decision left out is not folded",
      "parts/housekeeping",
      "rating_5 = c.rating_5 + excluded.rating_5, not_asked = c.not_asked + excluded.not_asked\n  returning",
      "rating_5 = c.rating_5 + excluded.rating_5\n  returning",
    ],
  ]),
  ...faultsIn("postgres/src/counts/correct-counts.ts", [
    [
      "a recount takes parts for errors",
      "parts/recount",
      "from ${schema}.daily_counts where part = '' and ",
      "from ${schema}.daily_counts where ",
    ],
    [
      "sends are recounted on the session's day",
      "zones/recount",
      "(t.sent_at at time zone 'UTC')::date",
      "t.sent_at::date",
    ],
    [
      "responses are recounted on the session's day",
      "zones/recount",
      "(responded_at at time zone 'UTC')::date",
      "responded_at::date",
    ],
  ]),
  ...faultsIn("postgres/src/counts/recount.ts", [
    [
      "a recount mends all workspaces",
      "recount/one-workspace",
      '"workspace_id = $workspace"',
      '"(workspace_id = $workspace or true)"',
    ],
  ]),
  ...faultsIn("postgres/src/executor.ts", [
    [
      "a transaction that has ended goes on",
      "transactions/own/ended-is-refused",
      "if (isOver)",
      "if (isOver && Object.keys(statement).length === 0)",
    ],
  ]),
  ...faultsIn("postgres/src/storage.ts", [
    [
      "the victim of a deadlock fails",
      "transactions/own/victims-are-run-again",
      "if (!wasVictim || runs === mostRuns) throw error;",
      "if (wasVictim || runs > 0) throw error;",
    ],
  ]),
  ...faultsIn("postgres/src/drivers.ts", [
    [
      "a transaction sees what stood when it began",
      "locks/twenty-count-together",
      "begin isolation level read committed",
      "begin isolation level repeatable read",
    ],
    [
      "a work that rejects is committed",
      "transactions/own/rollback",
      'await client.query("rollback");',
      'await client.query("commit");',
    ],
  ]),
];
