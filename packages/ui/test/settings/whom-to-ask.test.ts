import { defaultSettings } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { wordsOf } from "../dashboard/a-dashboard.ts";

const views = csatViews({ basePath: "/csat" });
const address = "https://desk.example/csat/api/settings";

async function draw(change: Partial<typeof defaultSettings> = {}): Promise<string> {
  return await views.draw("settings", { ...defaultSettings, ...change }, new Request(address));
}

const numbers = [
  ["cooldownDays", "30", 0, 365],
  ["answerCooldownDays", "90", 0, 365],
  ["samplePercent", "25", 1, 100],
] as const;

describe("the section Whom to ask", () => {
  // S69
  test.each(numbers)(
    "has %s as a number between its ends, with a label and what it costs",
    async (...field) => {
      const [name, value, least, most] = field;
      const html = await draw({ cooldownDays: 30, answerCooldownDays: 90, samplePercent: 25 });
      const input = html.match(new RegExp(`<input id="csat-${name}"[^>]*>`))?.[0];
      expect(input).toContain(` type="number" name="${name}" value="${value}" min="${least}" max="${most}"`);
      expect(input).toContain(` aria-describedby="csat-${name}-hint"`);
      expect(html).toMatch(new RegExp(`<label for="csat-${name}">[A-Z]`));
      expect(html).toMatch(new RegExp(`id="csat-${name}-hint">\\d+ is usual: `));
    },
  );

  test("shows what stands while nobody chose: everybody is asked", async () => {
    const html = await draw();
    const values = numbers.map(([name]) => html.match(new RegExp(`name="${name}" value="(\\d+)"`))?.[1]);
    expect(values).toEqual(["0", "0", "100"]);
  });

  test.each(numbers)("says at %s what is wrong there, and keeps what was typed", async (name, value) => {
    const issues = [{ path: name, message: "must be better" }];
    const typed = { enabled: "on", [name]: `"${value}` };
    const data = { error: { code: "invalid_input", message: "No.", issues }, typed };
    const html = await views.draw("settings-refused", data, new Request(address, { method: "POST" }));
    const input = html.match(new RegExp(`<input id="csat-${name}"[^>]*>`))?.[0];
    expect(input).toContain(` value="&quot;${value}"`);
    expect(input).toContain(` aria-invalid="true" aria-describedby="csat-${name}-hint csat-${name}-error"`);
    expect(html).toMatch(new RegExp(`id="csat-${name}-error">The [a-z ]+ must be better\\.`));
    expect(wordsOf(html)).toContain("Nothing was saved. See what is marked below.");
  });
});

describe("the section about links", () => {
  test.each([
    ["never end", null, ""],
    ["end after 30 days", 30, "30"],
  ])("shows links that %s, and what that costs", async (_name, linkExpiryDays, value) => {
    // S75
    const html = await draw({ linkExpiryDays });
    const input = html.match(/<input id="csat-linkExpiryDays"[^>]*>/)?.[0];
    expect(input).toContain(` type="number" name="linkExpiryDays" value="${value}" min="1" max="365"`);
    expect(input).toContain(' aria-describedby="csat-linkExpiryDays-hint"');
    expect(input).not.toContain(" required");
    expect(wordsOf(html)).toContain("Days until links end 30 is usual: later answers are lost");
  });

  test("says what is wrong there, and keeps what was typed", async () => {
    // S75
    const issues = [{ path: "linkExpiryDays", message: "must be better" }];
    const data = {
      error: { code: "invalid_input", message: "No.", issues },
      typed: { enabled: "on", linkExpiryDays: "0" },
    };
    const html = await views.draw("settings-refused", data, new Request(address, { method: "POST" }));
    expect(html.match(/<input id="csat-linkExpiryDays"[^>]*>/)?.[0]).toContain(' value="0"');
    expect(html).toContain('id="csat-linkExpiryDays-error">The days until links end must be better.');
  });
});
