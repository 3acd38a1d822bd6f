import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/mysql` writes: locks, versions, leases, and what stands beside records. */
export const mysqlFaults: readonly Fault[] = [
  ...faultsIn("mysql/src/write-changes.ts", [
    [
      "an older version is taken",
      "write/another-version-conflicts",
      "versions.get(index + 1) === head.expected",
      "(versions.get(index + 1) ?? -1) >= head.expected",
    ],
    [
      "records are compared without a lock",
      "write/race/behind-an-open-write",
      ' for update${sql.raw(waits ? "" : " skip locked")}`',
      "`",
    ],
    [
      "every holder may settle",
      "lease/write/somebody-else",
      "d.lease_id = x.l and d.lease_until",
      "d.lease_id is not null and d.lease_until",
    ],
    [
      "a lease that ran out holds",
      "lease/write/after-it-ran-out",
      " and d.lease_until > ${databaseNow} as is_held",
      " as is_held",
    ],
    [
      "a lost lease hides a conflict",
      "lease/write/conflicts-come-first",
      'if (outcomes[change] === "written") outcomes[change] = "lost_lease";',
      'outcomes[change] = "lost_lease";',
    ],
    [
      "a record without due work is leased to anybody",
      "lease/write/absent-record",
      "held.has(index + 1) ? []",
      "rows.length === 0 || held.has(index + 1) ? []",
    ],
    [
      "what stands beside the record of a conflict is written",
      "write/whole/conflict-leaves-no-trace",
      "changes.filter((_, change) => isAccepted(change))",
      "changes.filter((_, change) => change >= 0)",
    ],
    [
      "records of a conflict are written beside sound changes",
      "bulk/write/whole/conflict-leaves-no-trace",
      "those.filter(({ change }) => isAccepted(change))",
      "those.filter(({ change }) => change >= 0)",
    ],
  ]),
  ...faultsIn("mysql/src/write-rows.ts", [
    ["a version counts by two", "write/versions-count-the-writes", "v: expected + 1,", "v: expected + 2,"],
    [
      "what was due first is when to look again",
      "claim/as-it-stands",
      "fd: stored(due.firstDueAt)",
      "fd: stored(due.wakeAt)",
    ],
    ["why a survey was given up is lost", "failed/by-reasons", "fr: due.reason", "fr: null"],
    [
      "nobody is an actor's name when an answer moves",
      "answers/moved",
      'rows.moved.push({ w, i, b: answer.resolvedBy ?? "" })',
      'rows.moved.push({ w, i, b: answer.resolvedBy ?? "null" })',
    ],
    ["dead events are told from none", "events/dead-ones", "de: Number(cells.dead)", "de: 0"],
  ]),
  ...faultsIn("mysql/src/write-accepted.ts", [
    [
      "setting what is due keeps the lease",
      "lease/setting-due-ends-it",
      "ready = values(ready), lease_id = null, lease_until = null`",
      "ready = values(ready)`",
    ],
    [
      "a lease that is given back ran out",
      "lease/given-back",
      "d.lease_until = if(x.us = 0, null,",
      "d.lease_until = if(x.us < 0, null,",
    ],
    [
      "a lease is extended from its end on",
      "lease/extended-from-now",
      "null, ${databaseNow} + interval",
      "null, d.lease_until + interval",
    ],
    [
      "the last answer wins",
      "answers/put-once",
      "on duplicate key update survey_id = survey_id",
      "on duplicate key update rating = values(rating)",
    ],
    ["links of a customer with the ticket's id go too", "forget/nothing-else", " and t.kind = 'ticket'", ""],
    [
      "forgetting links forgets the workspace",
      "forget/nothing-else",
      "on t.workspace_id = x.w and t.id = x.i",
      "on t.id = x.i",
    ],
    [
      "an answer of an equal ticket elsewhere moves too",
      "isolation/workspaces",
      "on ${name}.workspace_id = x.w and ${name}.ticket_id = x.i",
      "on ${name}.ticket_id = x.i",
    ],
    [
      "forgotten events stay",
      "forget/all-of-the-ticket",
      'run("forget_events", events,',
      'run("forget_events", [],',
    ],
    [
      "forgotten events stay due",
      "forget/all-of-the-ticket",
      '"forget_due",\n    events,',
      '"forget_due",\n    [],',
    ],
    [
      "answers are not counted",
      "counts/by-day-and-resolver",
      "...Object.keys(all)].map((name) => `x.${name}`);",
      '...Object.keys(all)].map((name) => (name === "answered" ? "0" : `x.${name}`));',
    ],
    [
      "entries of a change are told backwards",
      "journal/equal-times",
      'ea: "time", fa: "text" })} order by x.o`',
      'ea: "time", fa: "text" })} order by x.o desc`',
    ],
    [
      "a later version keeps its cells",
      "write/whole/cells-follow-the-version",
      "update ${sql.raw(columns.map(",
      'update ${sql.raw(columns.filter((column) => column !== "sent_at").map(',
    ],
  ]),
  ...faultsIn("mysql/src/read-heads.ts", [
    [
      "a locking read locks nothing",
      "locks/the-following-write-succeeds",
      "await lockHeads(place, { kind, keys: locked, doing });",
      "",
    ],
    ["a link opens whatever has the id", "tokens/open-records", "where k.kind = ${sql.raw(`'${kind}'`)}", ""],
    [
      "a link opens an equal id of another workspace",
      "isolation/workspaces",
      "on h.workspace_id = k.workspace_id and h.id = k.id",
      "on h.id = k.id",
    ],
    [
      "a join forgets the workspace",
      "isolation/workspaces",
      "on ${name}.workspace_id = x.w and ${name}.id = x.i",
      "on ${name}.id = x.i",
    ],
    [
      "a read in a host's transaction sees what stood when that began",
      "transactions/host/reads-are-current",
      'shares === true ? " lock in share mode" : ""',
      'shares === true ? "" : ""',
    ],
  ]),
  ...faultsIn("mysql/src/naming.ts", [
    [
      "ids are compared without their last blanks",
      "isolation/look-alikes",
      '"utf8mb4_nopad_bin" : "utf8mb4_0900_bin"',
      '"utf8mb4_bin" : "utf8mb4_bin"',
    ],
    [
      "ids are compared without regard to case",
      "isolation/look-alikes",
      '"utf8mb4_nopad_bin" : "utf8mb4_0900_bin"',
      '"utf8mb4_general_nopad_ci" : "utf8mb4_0900_ai_ci"',
    ],
  ]),
  ...faultsIn("mysql/src/executor.ts", [
    [
      "a transaction that has ended goes on",
      "transactions/own/ended-is-refused",
      "if (isOver)",
      'if (isOver && statement.text === "")',
    ],
    [
      "the victim of a deadlock fails",
      "transactions/own/victims-are-run-again",
      "if (runs === mostRuns || !wasVictim(error)) throw error;",
      "if (runs === mostRuns || error !== null) throw error;",
    ],
  ]),
  ...faultsIn("mysql/src/drivers.ts", [
    [
      "a transaction sees what stood when it began",
      "locks/other-transactions-wait",
      "set transaction isolation level read committed",
      "set transaction isolation level repeatable read",
    ],
    [
      "a work that rejects is committed",
      "transactions/own/rollback",
      'await connection.query({ sql: "rollback" });',
      'await connection.query({ sql: "commit" });',
    ],
  ]),
  ...faultsIn("mysql/src/storage.ts", [
    [
      "what was handed over may change while the write waits",
      "write/copies",
      "return structuredClone(changes);",
      "return changes;",
    ],
  ]),
];
