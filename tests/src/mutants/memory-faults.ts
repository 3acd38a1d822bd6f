import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/memory`, the reference that others are written after, keeps and writes. */
export const memoryFaults: readonly Fault[] = [
  ...faultsIn("memory/src/tables.ts", [
    [
      "kind, workspace and id are joined by colons",
      "isolation/ids-never-run-together",
      "return JSON.stringify([kind, workspaceId, id]);",
      "return `${kind}:${workspaceId}:${id}`;",
    ],
    [
      "records of two kinds share an id",
      "isolation/kinds",
      "return JSON.stringify([kind, workspaceId, id]);",
      'return JSON.stringify([kind === "workspace" ? "ticket" : kind, workspaceId, id]);',
    ],
    [
      "ids are compared without regard to case",
      "isolation/look-alikes",
      "return JSON.stringify([kind, workspaceId, id]);",
      "return JSON.stringify([kind, workspaceId, id.toLowerCase()]);",
    ],
    [
      "workspaces are compared without their blanks",
      "isolation/look-alike-workspaces",
      "return JSON.stringify([kind, workspaceId, id]);",
      "return JSON.stringify([kind, workspaceId.trim(), id]);",
    ],
  ]),
  ...faultsIn("memory/src/write.ts", [
    [
      "a version that is not there yet is taken",
      "write/another-version-conflicts",
      "versionOf(tables, key) !== expected",
      "versionOf(tables, key) > expected",
    ],
    [
      "only the first record of a change is compared",
      "write/whole/conflict-leaves-no-trace",
      "[...heads, ...compared].some(({ key, expected })",
      "[...heads.slice(0, 1), ...compared].some(({ key, expected })",
    ],
    [
      "what a change only compares is not looked at",
      "write/compared/another-version-conflicts",
      "[...heads, ...compared].some(({ key, expected })",
      "heads.some(({ key, expected })",
    ],
    [
      "of what a change compares only what is stored is looked at",
      "write/compared/stands",
      "versionOf(tables, key) !== expected",
      "(expected === 0 && !heads.some((head) => head.key === key)) || versionOf(tables, key) !== expected",
    ],
    ["every holder may settle", "lease/write/somebody-else", "held.id === lease.id && ", ""],
    [
      "a lease that ran out holds",
      "lease/write/after-it-ran-out",
      "held.until > tables.leaseClock.now()",
      "held.until !== null",
    ],
    [
      "setting what is due keeps the lease",
      "lease/setting-due-ends-it",
      "{ key, due, lease: null }",
      "{ key, due, lease: tables.due.get(text)?.lease ?? null }",
    ],
    [
      "what a write does not name is due no more",
      "claim/due-changes",
      "if (due === null) tables.due.delete(text);",
      "if (due == null) tables.due.delete(text);",
    ],
    [
      "a lease that is given back ran out",
      "lease/given-back",
      "lease: extendMs === 0 ? null :",
      "lease: extendMs < 0 ? null :",
    ],
    [
      "a lease is extended from its end on",
      "lease/extended-from-now",
      "tables.leaseClock.now().getTime() + extendMs",
      "row.lease.until.getTime() + extendMs",
    ],
    [
      "a lease that is left as it is ends",
      "lease/write/the-holder",
      "lease !== undefined && lease.extendMs !== null",
      "lease !== undefined",
    ],
    ["the last answer wins", "answers/put-once", "if (row !== undefined) return;", ""],
    [
      "an answer cannot be credited to nobody",
      "answers/moved",
      "{ ...row, ...changed }",
      "{ ...row, ...changed, resolvedBy: ('resolvedBy' in changed ? changed.resolvedBy : null) ?? row.resolvedBy }",
    ],
    [
      "an answer that is credited to another one comes back",
      "answers/marked-stays",
      "{ ...row, ...changed }",
      "{ ...row, excluded: false, ...changed }",
    ],
    [
      "a mark makes an answer",
      "answers/changed-in-bulk",
      "if (row === undefined) return;",
      "if (row === undefined) return void tables.answers.set(text, answer as never);",
    ],
    [
      "what an answer can be cut by is lost",
      "answers/list/slices-as-put",
      "excluded: false, slices }",
      "excluded: false, slices: [] }",
    ],
    [
      "a ticket is found under its first customer",
      "customers/tickets/under-each",
      "of customers ?? []) {",
      "of (customers ?? []).slice(0, 1)) {",
    ],
    [
      "a ticket that is named again is found twice",
      "customers/tickets/once",
      "JSON.stringify([workspaceId, customer, ticketId])",
      "JSON.stringify([workspaceId, customer, ticketId, Math.random()])",
    ],
    [
      "forgotten tickets are found under their customers",
      "customers/tickets/forgotten",
      "if (ticketText(named) === text) tables.customerTickets.delete(pair);",
      "if (ticketText(named) === pair) tables.customerTickets.delete(pair);",
    ],
    [
      "a change replaces the journal",
      "journal/equal-times",
      "[...(tables.journal.get(keyText(ticket)) ?? []), ...rows]",
      "[...rows]",
    ],
    [
      "links of forgotten tickets open",
      "forget/all-of-the-ticket",
      "keyText(key) === text)",
      'keyText(key) === "")',
    ],
    [
      "links of a customer with the ticket's id go too",
      "forget/nothing-else",
      "keyText(key) === text)",
      "key.id === ticket.id && key.workspaceId === ticket.workspaceId)",
    ],
    [
      "the journal of forgotten tickets stays",
      "forget/all-of-the-ticket",
      "tables.journal.delete(text);",
      "",
    ],
    ["the answer of forgotten tickets stays", "forget/all-of-the-ticket", "tables.answers.delete(text);", ""],
    [
      "events of another workspace are forgotten",
      "forget/nothing-else",
      "head.key.workspaceId !== ticket.workspaceId",
      "false",
    ],
    [
      "events that were delivered already stay",
      "forget/after-the-end",
      "cells.ticketId !== ticket.id ||",
      "cells.ticketId !== ticket.id || tables.due.get(event) === undefined ||",
    ],
    ["forgotten events stay due", "forget/all-of-the-ticket", "tables.due.delete(event);", ""],
    [
      "documents keep fields that are undefined",
      "values/left-out-fields",
      "JSON.parse(JSON.stringify(state))",
      "state",
    ],
  ]),
  ...faultsIn("memory/src/storage.ts", [
    [
      "a transaction is only a series of writes",
      "transactions/own/rollback",
      "work(sessionOn(draft,",
      "work(sessionOn(tables,",
    ],
    [
      "a transaction that has ended goes on",
      "transactions/own/ended-is-refused",
      "if (isOver()) {",
      "if (!isOver) {",
    ],
  ]),
  ...faultsIn("memory/src/backlog.ts", [
    [
      "lateness counts from when to look again",
      "backlog/lateness-counts-from-the-first",
      "[due.firstDueAt.getTime()]",
      "[due.wakeAt.getTime()]",
    ],
    [
      "whatever is leased counts as an expired lease",
      "backlog/leases",
      "dueTickets.filter(isLeased)",
      "rows",
    ],
  ]),
  ...faultsIn("core/src/one-after-another.ts", [
    [
      "writers do not wait for transactions",
      "locks/twenty-count-together",
      "const turn = last.then(work);",
      "const turn = work();",
    ],
  ]),
];
