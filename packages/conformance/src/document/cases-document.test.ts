import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { casesDocument } from "./cases-document.ts";
import { casesDocumentUrl } from "./cases-document-url.ts";

test("the page of all cases says what the cases say", async () => {
  const page = await readFile(casesDocumentUrl, "utf8");
  // Stale? Run `pnpm --filter @csat/conformance run document`.
  expect(page).toBe(casesDocument());
});

test("the page names every rule beside its case", () => {
  expect(casesDocument()).toContain(
    "| `write/race/one-of-many-wins` | Of 20 simultaneous writes of one version, through two handles, exactly one is written, and it stands. |",
  );
});
