import { expect, test } from "vitest";
import { csatViews } from "../src/index.ts";
import { linksOf, wordsOf } from "./dashboard/a-dashboard.ts";

const views = csatViews({ basePath: "/csat" });

async function draw(path: string, method: string, issues?: readonly object[]): Promise<string> {
  const error = { code: "invalid_input", message: "The query cannot be used.", issues };
  const request = new Request(`https://desk.example/csat/api/${path}`, { method });
  return await views.draw("error", { error }, request);
}

test("an error says what happened and which part was wrong, and tries again", async () => {
  const html = await draw("analytics?days=8", "GET", [{ path: "days", message: "must be 7, 30 or <90>" }]);
  expect(wordsOf(html)).toContain("The query cannot be used. days must be 7, 30 or <90>");
  expect(linksOf(html)).toEqual(["/csat/api/analytics?days=8"]);
});

test.each([
  ["webhooks/e1/replay", "/csat/api/webhooks"],
  ["webhooks/test", "/csat/api/webhooks"],
  ["settings", "/csat/api/settings"],
])("a form sent to %s that was refused leads back to where it stands", async (path, back) => {
  const html = await draw(path, "POST");
  expect(wordsOf(html)).toContain("Back");
  expect(linksOf(html)).toEqual([back]);
});
