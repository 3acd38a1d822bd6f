import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/mysql` compares, keeps of customers and of answers that are taken out, and prunes. */
export const mysqlPruneFaults: readonly Fault[] = [
  ...faultsIn("mysql/src/write-changes.ts", [
    [
      "a record that is compared is not locked",
      "write/compared/race/before-a-writer",
      "${waits ? sql`lock in share mode` : sharedIfFree})`",
      ")`",
    ],
    [
      "changes that compare one record hold up each other",
      "write/compared/race/together",
      "${waits ? sql`lock in share mode` : sharedIfFree})`",
      "for update ${sql.raw(waits ? '' : 'skip locked')})`",
    ],
    [
      "what is written is locked before what is compared beside it",
      "write/compared/race/each-other-of-one-kind",
      "if (waits) await lockBoth(",
      "if (!waits) await lockBoth(",
    ],
    [
      "what is compared with 0 may be stored",
      "write/compared/another-version-conflicts",
      "(versions.get(`${kind} ${index + 1}`) ?? 0) === expected ?",
      "expected === 0 || (versions.get(`${kind} ${index + 1}`) ?? 0) === expected ?",
    ],
    [
      "of what is compared the first kind alone is looked at",
      "write/compared/another-version-conflicts",
      "return present.flatMap((kind) =>",
      "return present.filter((kind) => kind === 'ticket').flatMap((kind) =>",
    ],
  ]),
  ...faultsIn("mysql/src/write-rows.ts", [
    [
      "what an answer can be cut by is lost",
      "answers/list/slices-as-put",
      "slices.length === 0 ? null",
      "slices.length > 0 ? null",
    ],
    [
      "a ticket is found under its first customer",
      "customers/tickets/under-each",
      "of change.customers ?? [])",
      "of (change.customers ?? []).slice(0, 1))",
    ],
    [
      "whoever was suppressed once is listed for ever",
      "customers/suppressed/as-the-last-write-said",
      "su: cells.suppressedAt === null ? null",
      "su: cells.suppressedAt === null ? '2026-01-01'",
    ],
  ]),
  ...faultsIn("mysql/src/write-accepted.ts", [
    [
      "every answer of a write is excluded",
      "answers/changed-in-bulk",
      "set a.excluded = x.e",
      "set a.excluded = 1",
    ],
    [
      "forgotten tickets are found under their customers",
      "customers/tickets/forgotten",
      'on t.workspace_id = x.w and t.ticket_id = x.i`,\n  );\n  await run(\n    "forget_answers"',
      'on t.workspace_id = x.w and t.ticket_id = x.w`,\n  );\n  await run(\n    "forget_answers"',
    ],
    [
      "a ticket that is named again fails",
      "customers/tickets/once",
      "\non duplicate key update ticket_id = ticket_id`",
      "`",
    ],
  ]),
  ...faultsIn("mysql/src/read-heads.ts", [
    [
      "a link of a customer who is not stored opens nothing",
      "tokens/of-what-is-not-stored",
      "left join ${tables[tableOf[kind]]} h",
      "join ${tables[tableOf[kind]]} h",
    ],
  ]),
  ...faultsIn("mysql/src/lists.ts", [
    ["excluded answers are listed", "answers/marked", "[sql`r.excluded = 0`]", "[]"],
    [
      "a slice is a pattern",
      "answers/list/by-slice",
      "sql`json_contains(r.slices, ${JSON.stringify(slice)})`",
      "sql`r.slices like concat('%', ${slice}, '%')`",
    ],
    [
      "a customer's tickets are listed from the page's first id on",
      "customers/tickets/pages",
      "and ticket_id > ${after}`",
      "and ticket_id >= ${after}`",
    ],
  ]),
  ...faultsIn("mysql/src/counts/recount.ts", [
    [
      "a recount counts excluded answers",
      "recount/excluded-answers",
      "${workspaceId} and excluded = 0 group by",
      "${workspaceId} group by",
    ],
    [
      "a recount counts excluded answers of sends",
      "recount/excluded-answers",
      "a.ticket_id = t.id and a.excluded = 0",
      "a.ticket_id = t.id",
    ],
  ]),
  ...faultsIn("mysql/src/prune.ts", [
    [
      "what is as old as the moment goes",
      "prune/comments",
      "${sql.raw(at)} < ${stored(moment)}`",
      "${sql.raw(at)} <= ${stored(moment)}`",
    ],
    ["events that were given up stay", "prune/events", "and d.ready is not null\n)", "\n)"],
    ["pruned events stay given up", "prune/events", "where d.ready is null`,", "where false`,"],
    ["links of customers are pruned", "prune/tokens", "sql`r.kind = 'ticket'`", "sql`true`"],
    [
      "nobody is told that more is left",
      "prune/in-batches",
      "found.length > limit) isMoreLeft = true;",
      "found.length < 0) isMoreLeft = true;",
    ],
    ["more goes than was asked", "prune/in-batches", "found.slice(0, limit)", "found"],
  ]),
];
