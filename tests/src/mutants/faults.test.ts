import { readFile } from "node:fs/promises";
import { storageCases } from "@csat/conformance";
import { describe, expect, test } from "vitest";
import { adaptersAtFault } from "./adapters-at-fault.ts";
import { faultsDocument, faultsDocumentUrl } from "./faults-document.ts";

const packages = new URL("../../../packages/", import.meta.url);

describe.each(adaptersAtFault)("the faults of $name", ({ faults }) => {
  test.each(faults)("$name: its right text stands once in its file", async ({ file, right, wrong }) => {
    const source = await readFile(new URL(file, packages), "utf8");
    expect(source.split(right)).toHaveLength(2);
    expect(wrong).not.toBe(right);
  });

  test("each has a name of its own and is caught by a case that exists", () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    const ids = storageCases.map(({ id }) => id);
    for (const { caughtBy } of faults) expect(ids).toContain(caughtBy);
  });
});

test("the page of planted faults says what the lists say", async () => {
  // Stale? Run `npm run mutants:document`.
  expect(await readFile(faultsDocumentUrl, "utf8")).toBe(faultsDocument());
});
