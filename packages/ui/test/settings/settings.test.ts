import { defaultSettings, sendDelays } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { stylesheet } from "../../src/style/stylesheet.ts";
import { wordsOf } from "../dashboard/a-dashboard.ts";

const views = csatViews({ basePath: "/csat" });
const address = "https://desk.example/csat/api/settings";

/** The settings as HTML; asked for at `url`, or sent there. */
async function draw(
  change: Partial<typeof defaultSettings> = {},
  { url = address, headers = {} }: { readonly url?: string; readonly headers?: HeadersInit } = {},
): Promise<string> {
  return await views.draw("settings", { ...defaultSettings, ...change }, new Request(url, { headers }));
}

async function refuse(typed: Readonly<Record<string, string>>, paths: readonly string[]): Promise<string> {
  const issues = paths.map((path) => ({ path, message: "must be better" }));
  const data = { error: { code: "invalid_input", message: "The settings were not saved.", issues }, typed };
  return await views.draw("settings-refused", data, new Request(address, { method: "POST" }));
}

describe("the settings", () => {
  test("stand in a form that saves without script, and leads back to say so", async () => {
    const html = await draw({ enabled: true, sendDelay: "3_days", subject: "Well?", bodyIntro: "\nHi" });
    expect(html).toContain('<form class="card fields" method="post" action="/csat/api/settings"');
    expect(html).toContain('name="return" value="/csat/api/settings?saved=1"');
    // Its last field: the routes save no form without it.
    expect(html).toContain('<input type="hidden" name="form" value="settings"></form>');
    expect(html).toMatch(/role="switch" name="enabled" value="true" checked/);
    expect(html.match(/type="radio"[^>]*checked/g)).toEqual([
      'type="radio" name="sendDelay" value="3_days" checked',
    ]);
    expect(html).toMatch(/name="subject" dir="auto" value="Well\?"/);
    // The line end that HTML drops, and the one that was typed.
    expect(html).toMatch(/name="bodyIntro"[^>]*>\n\nHi<\/textarea>/);
  });

  test("offer the four delays, and leave the switch off while nothing was saved", async () => {
    const html = await draw();
    const offered = [...html.matchAll(/type="radio" name="sendDelay" value="([^"]*)"/g)];
    expect(offered.map(([, value]) => value)).toEqual([...sendDelays]);
    expect(html).not.toMatch(/name="enabled"[^>]*checked/);
  });

  test("show the default texts where nothing was written", async () => {
    const html = await draw();
    expect(html).toContain('placeholder="How did we do with “{{ticket_subject}}”?"');
    expect(html).toMatch(/placeholder="Hi \{\{customer_name\}\},\n\nYour request/);
  });

  test("have a button for each placeholder", async () => {
    const inserted = [...(await draw()).matchAll(/type="button"[^>]*data-insert="([^"]*)"/g)];
    expect(inserted.map(([, text]) => text)).toEqual([
      "{{customer_name}}",
      "{{ticket_subject}}",
      "{{workspace_name}}",
      "{{operator_name}}",
    ]);
  });

  test("preview the mail in a frame, by a button where no script runs", async () => {
    const html = await draw();
    expect(html).toMatch(/<iframe name="csat-preview" title="[^"]+" src="\/csat\/api\/settings\/preview">/);
    expect(html).toContain('formaction="/csat/api/settings/preview" formtarget="csat-preview"');
  });

  test("load no frame inside <csat-view>, whose requests carry the host's headers", async () => {
    const html = await draw({}, { headers: { "x-csat-embed": "1" } });
    expect(html).toMatch(/<iframe name="csat-preview" title="[^"]+">/);
  });

  test("say that they were saved, once", async () => {
    const url = "https://desk.example/settings?tab=csat&saved=1";
    const html = await draw({}, { url });
    expect(html).toContain('role="status">Saved.');
    expect(html).toContain('name="return" value="/settings?tab=csat&amp;saved=1"');
    expect(await draw()).not.toContain("Saved.");
  });

  test("fold away what matters only while surveys are on, unless it is wrong", () => {
    expect(stylesheet).toContain(
      ":has([name=enabled]:not(:checked)):not(:has([aria-invalid],:invalid)) .when-on{display:none}",
    );
  });
});

describe("refused settings", () => {
  test.each(["subject", "bodyIntro", "sendDelay", "enabled"])(
    "say at %s what is wrong there",
    async (field) => {
      const html = await refuse({ enabled: "true", sendDelay: "1_hour", subject: "s", bodyIntro: "b" }, [
        field,
      ]);
      expect(html.match(/aria-invalid="true"/g)).toHaveLength(1);
      const id = `csat-${field}-error`;
      expect(html).toMatch(new RegExp(`aria-invalid="true" aria-describedby="${id}"`));
      expect(html).toMatch(new RegExp(`id="${id}">The \\w+ must be better\\.`));
      expect(wordsOf(html)).toContain("Nothing was saved.");
    },
  );

  test("keep what was typed, and where the form leads", async () => {
    const typed = {
      enabled: "on",
      sendDelay: "1_hour",
      subject: "Typed",
      bodyIntro: "Text",
      return: "/back",
    };
    const html = await refuse(typed, ["subject"]);
    expect(html).toMatch(/name="enabled" value="true" checked/);
    expect(html).toMatch(/value="1_hour" checked/);
    expect(html).toContain('value="Typed"');
    expect(html).toContain(">\nText</textarea>");
    expect(html).toContain('name="return" value="/back"');
  });

  test("forget a way back that leads away, and say what no field stands for", async () => {
    const html = await refuse({ return: "//evil.example" }, ["return", "delay"]);
    expect(html).toContain('name="return" value="/csat/api/settings?saved"');
    expect(html).not.toContain("evil");
    expect(wordsOf(html)).toContain("The way back must be better. The field delay must be better.");
  });

  test.each(["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "</textarea><script>"])(
    "hold %s as text",
    async (text) => {
      const drawAs = (word: string) =>
        refuse({ sendDelay: word, subject: word, bodyIntro: word, return: word }, ["subject", word]);
      const html = await drawAs(text);
      const tags = (drawn: string) => drawn.replaceAll(/"[^"]*"/g, '""').match(/<[^>]*>/g);
      expect(tags(html)).toEqual(tags(await drawAs("x")));
    },
  );
});
