import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/postgres` keeps of customers and of answers that are taken out, and in what it prunes. */
export const postgresPruneFaults: readonly Fault[] = [
  ...faultsIn("postgres/src/prune.ts", [
    [
      "a comment goes at the very moment",
      "prune/comments",
      "responded_at < ${before}",
      "responded_at <= ${before}",
    ],
    [
      "comments are pruned again and again",
      "prune/in-batches",
      "where comment is not null and (responded_at",
      "where (responded_at",
    ],
    [
      "a line of the journal goes at the very moment",
      "prune/journal",
      "j.at < ${before}",
      "j.at <= ${before}",
    ],
    [
      "the journal of the first workspace alone is pruned",
      "prune/journal",
      "from spaces where spaces.workspace_id is not null",
      "from spaces where false",
    ],
    [
      "events that wait are pruned",
      "prune/events",
      "d.id = e.id and d.failed_at is null)",
      "d.id = e.id and d.ready)",
    ],
    [
      "events that were given up stay",
      "prune/events",
      "d.id = e.id and d.failed_at is null)",
      "d.id = e.id)",
    ],
    [
      "pruned events stay given up",
      "prune/events",
      "using locked x where d.workspace_id = x.workspace_id and d.id = x.id",
      "using locked x where d.workspace_id = x.id and d.id = x.id",
    ],
    [
      "links of customers are pruned",
      "prune/tokens",
      "where kind = 'ticket' and (created_at",
      "where (created_at",
    ],
    [
      "a full batch is the last one",
      "prune/in-batches",
      'number(row, "found") >= ask.limit',
      'number(row, "found") > ask.limit',
    ],
  ]),
  ...faultsIn("postgres/src/write-sides.ts", [
    [
      "forgotten tickets are found under their customers",
      "customers/tickets/forgotten",
      'where(tables.customer_tickets, "ticket_id")',
      'where(tables.customer_tickets, "customer")',
    ],
    [
      "every answer of a write is excluded",
      "answers/changed-in-bulk",
      "set excluded = x.x from",
      "set excluded = true from",
    ],
    [
      "what an answer can be cut by is lost",
      "answers/list/slices-as-put",
      '["slices", "sl", "text", "text[]"],',
      "",
    ],
  ]),
  ...faultsIn("postgres/src/write-rows.ts", [
    [
      "quotes within a text end it",
      "answers/list/by-slice",
      'text.replace(/["\\\\]/g, "\\\\$&")',
      'text.replaceAll(\'"\', "")',
    ],
  ]),
  ...faultsIn("postgres/src/lists.ts", [
    ["excluded answers are listed", "answers/marked", "[sql`not r.excluded`]", "[]"],
    [
      "a slice is a pattern",
      "answers/list/by-slice",
      "sql`${slice}::text = any (r.slices)`",
      "sql`array_to_string(r.slices, ',') like '%' || ${slice}::text || '%'`",
    ],
    [
      "a customer's tickets are listed from the page's first id on",
      "customers/tickets/pages",
      "t.ticket_id > ${idAfter(cursor)}",
      "t.ticket_id >= ${idAfter(cursor)}",
    ],
  ]),
  ...faultsIn("postgres/src/read-heads.ts", [
    [
      "a link of a customer who is not stored opens nothing",
      "tokens/of-what-is-not-stored",
      "left join ${tables[tableOf[kind]]} h",
      "join ${tables[tableOf[kind]]} h",
    ],
  ]),
  ...faultsIn("postgres/src/counts/correct-counts.ts", [
    [
      "a recount counts excluded answers",
      "recount/excluded-answers",
      "from ${schema}.answers where not excluded and",
      "from ${schema}.answers where",
    ],
    [
      "a recount counts excluded answers of sends",
      "recount/excluded-answers",
      "a.ticket_id = t.id and not a.excluded",
      "a.ticket_id = t.id",
    ],
  ]),
];
