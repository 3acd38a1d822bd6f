import { compareText } from "@csat/core";
import { expect, test } from "vitest";
import { channelCases } from "./channel/channel-cases.ts";
import { mailerCases } from "./mailer/mailer-cases.ts";
import { schedulerCases } from "./scheduler/scheduler-cases.ts";
import { knownWithoutHostTransactions } from "./storage/host-transactions.ts";
import { storageCases } from "./storage/storage-cases.ts";
import { webhookTransportCases } from "./webhook-transport/webhook-transport-cases.ts";

const all = [...storageCases, ...schedulerCases, ...mailerCases, ...channelCases, ...webhookTransportCases];

test("no two cases share an id", () => {
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id is a path of lower-case words, and begins with its store or port", () => {
  for (const { id } of all) expect(id).toMatch(/^[a-z]+(\/[a-z]+(-[a-z]+)*)+$/);
  const groups = new Set(storageCases.map(({ id }) => `${id.split("/")[0]}`));
  expect([...groups].toSorted(compareText)).toEqual([
    "answers",
    "backlog",
    "bulk",
    "claim",
    "counts",
    "customers",
    "events",
    "failed",
    "forget",
    "history",
    "housekeeping",
    "isolation",
    "journal",
    "lease",
    "locks",
    "pages",
    "parts",
    "prune",
    "read",
    "recount",
    "tokens",
    "transactions",
    "values",
    "write",
    "zones",
  ]);
});

test("a rule is one sentence", () => {
  for (const { rule } of all) expect(rule).toMatch(/^[^\n]+[^.]\.$/);
});

test("a storage without host transactions knows exactly the cases about those", () => {
  const known = knownWithoutHostTransactions("it has none");
  const about = storageCases.filter(({ id }) => id.startsWith("transactions/host/"));
  expect(Object.keys(known)).toEqual(about.map(({ id }) => id));
  expect(new Set(Object.values(known))).toEqual(new Set(["it has none"]));
});
