import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csatSchema } from "@csat/postgres";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { missingEntries } from "./names/missing-entries.ts";
import { optionsPage } from "./names/option-tables.ts";
import { docOf, membersOf, type PackageTypes, readPackageTypes, wordsOf } from "./names/package-exports.ts";
import { root } from "./pages/markdown-files.ts";

let types: PackageTypes;
beforeAll(() => {
  types = readPackageTypes({
    "/bare.ts": "/** Said. */ export const said = 1; export const bare = 2;\nexport interface Bare {}",
  });
});

const page = (name: string) => readFileSync(join(root, "docs/reference", `${name}.md`), "utf8");
const source = (path: string) =>
  ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);

test("every export of every entry has a doc comment, and one without would be found", () => {
  const bare = types.exports.filter(({ symbol }) => docOf(types, symbol) === "");
  expect(types.exports.length).toBeGreaterThan(150);
  expect(bare.map(({ entry, name }) => `${entry} ${name}`)).toEqual(["/bare.ts bare", "/bare.ts Bare"]);
});

test("the page of options is that of the types (vitest -u writes it)", async () => {
  await expect(optionsPage(types)).toMatchFileSnapshot(join(root, "docs/reference/options.md"));
});

test("every error code has its entry", () => {
  const codes = [...wordsOf(types, "CsatErrorCode"), ...wordsOf(types, "HttpErrorCode")];
  expect(codes).toContain("already_responded");
  expect(missingEntries(page("errors"), codes)).toEqual([]);
});

test("every route has its entry, with each of its methods", () => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const fields = new Map(
        node.properties.flatMap((field) =>
          ts.isPropertyAssignment(field) ? [[field.name.getText(), field.initializer] as const] : [],
        ),
      );
      const [path, methods] = [fields.get("path"), fields.get("methods")];
      if (path && ts.isStringLiteral(path) && methods && ts.isObjectLiteralExpression(methods)) {
        found.push(...methods.properties.map((method) => `${method.name?.getText()} ${path.text}`));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source("packages/http/src/routes.ts"));
  expect(found).toContain("PUT /api/settings");
  expect(missingEntries(page("routes"), found)).toEqual([]);
});

test("every table has its section, and every column its entry there", () => {
  const sections = new Map(
    page("tables")
      .split(/^## /m)
      .map((section) => [/^`?(\w+)/.exec(section)?.[1], section]),
  );
  const tables = Object.values(csatSchema())
    .filter((part) => part instanceof PgTable)
    .map(getTableConfig);
  expect(tables.length).toBe(13);
  const missing = tables.flatMap(({ name, columns }) =>
    missingEntries(
      sections.get(name) ?? "",
      columns.map((column) => column.name),
    ).map((column) => `${name}.${column}`),
  );
  expect(missing).toEqual([]);
});

test("every event of the journal and of the webhooks, and every reason, has its entry", () => {
  const journal = ["JournalEvent", "JournalReason"].flatMap((name) => wordsOf(types, name));
  expect(journal).toContain("left_since");
  expect(journal).toContain("no_customer_email");
  expect(missingEntries(page("events"), journal)).toEqual([]);
  const type = membersOf(types, "OutboxEvent").find(({ name }) => name === "type");
  const declared = type === undefined ? undefined : types.checker.getTypeOfSymbol(type);
  const words = declared?.isUnion()
    ? declared.types.flatMap((part) => (part.isStringLiteral() ? [part.value] : []))
    : [];
  expect(words).toContain("ticket.csat_received");
  const fields = [...membersOf(types, "CsatReceived"), ...membersOf(types, "Delivery")].map(
    ({ name }) => name,
  );
  expect(missingEntries(page("events"), [...words, ...fields])).toEqual([]);
});

test("every instrument and span has its entry", () => {
  const names = ["CounterName", "DurationName", "SpanName"].flatMap((name) => wordsOf(types, name));
  expect(names).toContain("surveys.lag");
  expect(
    missingEntries(
      page("telemetry"),
      names.map((name) => `csat.${name}`),
    ),
  ).toEqual([]);
});

test("every field of the metrics stands on their page", () => {
  const names = membersOf(types, "Metrics").map(({ name }) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(page("metrics")))).toEqual([]);
});

test("a name in running text, or part of another, is no entry", () => {
  const text = "We throw `a_code`.\n\n| `b_code_more` | x |\n\n### `c_code`\n\n| `d_code`, `e_code` | y |\n";
  expect(missingEntries(text, ["a_code", "b_code", "c_code", "d_code", "e_code"])).toEqual([
    "a_code",
    "b_code",
  ]);
});
