import { type Fault, faultsIn } from "./fault.ts";

/** Faults in what `@csat/memory` keeps of customers and of answers that are taken out, and in what it prunes. */
export const memoryPruneFaults: readonly Fault[] = [
  ...faultsIn("memory/src/lists.ts", [
    [
      "excluded answers are listed",
      "answers/marked",
      "(withExcluded === true || !excluded)",
      "(withExcluded === true || !excluded || slices.length > 0)",
    ],
    [
      "whoever asks for excluded answers gets those alone",
      "answers/list/excluded-on-every-page",
      "(withExcluded === true || !excluded)",
      "(withExcluded === true) === excluded",
    ],
    [
      "a slice is looked for as a part of a text",
      "answers/list/by-slice",
      "slices.includes(slice)",
      "slices.join().includes(slice)",
    ],
    [
      "tickets of a customer elsewhere are listed",
      "customers/tickets/under-each",
      "row.workspaceId === workspaceId && row.customer === customer",
      "row.customer === customer",
    ],
    [
      "customers whom nothing keeps us from asking are listed",
      "customers/suppressed/as-the-last-write-said",
      "cells.suppressedAt === null ? []",
      "cells === null ? []",
    ],
  ]),
  ...faultsIn("memory/src/keyset.ts", [
    [
      "pages by ids go by the language's order",
      "customers/tickets/pages",
      "compareText(idOf(one), idOf(other))",
      "idOf(one).localeCompare(idOf(other))",
    ],
  ]),
  ...faultsIn("memory/src/read.ts", [
    [
      "a link of a customer who is not stored opens nothing",
      "tokens/of-what-is-not-stored",
      "token === undefined ? null",
      "token === undefined || !tables.heads.get(keyText(token.key)) ? null",
    ],
  ]),
  ...faultsIn("memory/src/prune.ts", [
    [
      "a comment goes at the very moment",
      "prune/comments",
      "response.respondedAt < before",
      "response.respondedAt <= before",
    ],
    ["a pruned answer goes whole", "prune/comments", "answers.set(text, {", "answers.delete(text), void ({"],
    [
      "a line of the journal goes at the very moment",
      "prune/journal",
      "entry.at >= before",
      "entry.at > before",
    ],
    [
      "events that wait are pruned",
      "prune/events",
      'due.get(keyText(head.key))?.due.kind !== "waiting"',
      'due.get(keyText(head.key))?.due.kind !== "none"',
    ],
    [
      "events that were given up stay",
      "prune/events",
      'due.get(keyText(head.key))?.due.kind !== "waiting"',
      "due.get(keyText(head.key)) === undefined",
    ],
    ["pruned events stay given up", "prune/events", "    due.delete(text);", ""],
    ["links of customers are pruned", "prune/tokens", 'key.kind === "ticket" && createdAt', "createdAt"],
    ["a call takes all there is", "prune/in-batches", ".slice(0, limit)", ""],
    [
      "a full batch is the last one",
      "prune/in-batches",
      "taken.some((rows) => rows >= limit)",
      "taken.every((rows) => rows >= limit)",
    ],
  ]),
];
