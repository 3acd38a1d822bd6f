import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { counterScript } from "../src/pages/comment-counter.ts";
import { aDesk, browser } from "./a-desk.ts";

/** Runs the script on a page with this comment in it; what it says, and how. */
function countOf(comment: string, { limit = "2000", lang = "en" } = {}) {
  const left = { dataset: { limit, text: "Characters left: {left}" }, textContent: "", className: "" };
  const elements: Record<string, object> = {
    comment: { value: comment, addEventListener: () => {} },
    "comment-left": left,
  };
  const document = { documentElement: { lang }, getElementById: (id: string) => elements[id] };
  runInNewContext(counterScript, { document });
  return { said: left.textContent, look: left.className };
}

describe("the counter of the comment", () => {
  test.each([
    ["a".repeat(1_799), ""],
    ["a".repeat(1_800), "Characters left: 200"],
    ["a".repeat(1_999), "Characters left: 1"],
    ["a".repeat(2_000), "Characters left: 0"],
    ["a".repeat(2_001), "Characters left: -1"],
    // S24: a fox is one character, as the limit counts it.
    ["🦊".repeat(1_000), ""],
    ["🦊".repeat(1_999), "Characters left: 1"],
  ])("says near the limit how many characters are left", (comment, said) => {
    expect(countOf(comment).said).toBe(said);
  });

  test("looks like an error past the limit alone", () => {
    expect(countOf("a".repeat(2_000)).look).toBe("quiet");
    expect(countOf("a".repeat(2_001)).look).toBe("wrong");
  });

  test("writes numbers as the page's language does", () => {
    expect(countOf("a".repeat(9_000), { limit: "10000", lang: "de" }).said).toBe("Characters left: 1.000");
  });

  test("counts to the limit that the core holds comments to, and is read out when one pauses", async () => {
    const desk = await aDesk({ maxCommentLength: 140 });
    const token = await desk.survey("T1", { locale: "de" });
    const html = await (await desk.ask(`/r/${token}`, { headers: browser })).text();
    expect(html).toContain(
      '<p id="comment-left" class="quiet" aria-live="polite" data-limit="140" data-text="Verbleibende Zeichen: {left}"></p>',
    );
  });
});
