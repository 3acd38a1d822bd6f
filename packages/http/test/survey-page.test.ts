import { describe, expect, test } from "vitest";
import { aDesk, browser, form } from "./a-desk.ts";

/** The numbers whose radio buttons are checked. */
function chosen(html: string): readonly string[] {
  return Array.from(html.matchAll(/<input[^>]*value="(\d)"[^>]*\schecked/g), ([, value]) => value ?? "");
}

describe("looking at a survey", () => {
  // S21
  test.each([
    ["a plain GET", "", { method: "GET" }],
    ["a GET with a rating", "?rating=5", { method: "GET" }],
    [
      "a GET that claims to be a POST",
      "?_method=POST&rating=5",
      { method: "GET", headers: { "x-http-method-override": "POST" } },
    ],
    [
      "a GET with a form's headers",
      "?rating=5&comment=hi",
      {
        method: "GET",
        headers: { "content-type": "application/x-www-form-urlencoded", "x-method-override": "POST" },
      },
    ],
    ["HEAD", "?rating=5", { method: "HEAD" }],
    ["HEAD that claims to be a POST", "?rating=5", { method: "HEAD", headers: { "x-http-method": "POST" } }],
  ])("%s records nothing, however often", async (_, query, init) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const before = await desk.stored("T1");
    for (let visit = 0; visit < 5; visit++) {
      expect((await desk.ask(`/r/${token}${query}`, init)).status).toBe(200);
    }
    expect(await desk.stored("T1")).toEqual(before);
  });

  // S21
  test("HEAD answers what GET answers, without the body", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const get = await desk.ask(`/r/${token}`);
    const head = await desk.ask(`/r/${token}`, { method: "HEAD" });
    expect(await head.text()).toBe("");
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
  });

  // S23
  test.each(["1", "2", "3", "4", "5"])("?rating=%s chooses that number and no other", async (rating) => {
    const desk = await aDesk();
    const html = await (await desk.ask(`/r/${await desk.survey("T1")}?rating=${rating}`)).text();
    expect(chosen(html)).toEqual([rating]);
  });

  // S23
  test.each([
    "",
    "?rating=",
    "?rating=0",
    "?rating=6",
    "?rating=4.5",
    "?rating=%205",
    "?rating=5abc",
    "?rating=0x5",
    "?rating=05",
    "?rating=٥",
    "?rating=4&rating=5",
    "?rating[]=5",
    "?Rating=5",
    "?rating=%",
  ])("%j gives the page with nothing chosen", async (query) => {
    const desk = await aDesk();
    const response = await desk.ask(`/r/${await desk.survey("T1")}${query}`);
    expect(response.status).toBe(200);
    expect(chosen(await response.text())).toEqual([]);
  });

  // S22
  test("the page holds one script, which sends nothing, no handler attribute, and nothing that submits but its button", async () => {
    const desk = await aDesk();
    const html = await (await desk.ask(`/r/${await desk.survey("T1")}?rating=5`)).text();
    const [script = "", ...others] = html.match(/<script.*?<\/script>/gs) ?? [];
    expect(others).toEqual([]);
    expect(script).not.toMatch(/fetch|XMLHttp|Beacon|submit|location|src=/i);
    expect(html).not.toMatch(/\son\w+=|javascript:|http-equiv/i);
    expect(html.match(/type="submit"/g)).toHaveLength(1);
  });

  test("the five numbers are one required radio group with a legend, in the order 1 to 5, both ends named", async () => {
    const desk = await aDesk();
    const html = await (await desk.ask(`/r/${await desk.survey("T1")}`)).text();
    const radios = Array.from(html.matchAll(/<input type="radio" name="rating" value="(\d)" required/g));
    expect(radios.map(([, value]) => value)).toEqual(["1", "2", "3", "4", "5"]);
    expect(html).toMatch(
      /<fieldset>\s*<legend><h1>How did we do with “<bdi>Printer on fire<\/bdi>”\?<\/h1><\/legend>/,
    );
    expect(html).toContain('<span>1</span><span class="unseen">, Very dissatisfied</span>');
    expect(html).toContain('<span>5</span><span class="unseen">, Very satisfied</span>');
  });

  // S30
  test("an answered survey shows that it is recorded, and no form", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.ask(`/r/${token}`, form({ rating: "2", comment: "Secret words" }));
    const response = await desk.ask(`/r/${token}?rating=5`, { headers: browser });
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("Your rating is already recorded.");
    // The desk's clock stands at 5 January 2026.
    expect(html).toContain("We received it on January 5, 2026 (UTC).");
    expect(html).not.toMatch(/<form|<input|<button|Secret words/);
  });

  test.each(["ar", "de", "en", "es", "fr", "ja", "pt"])(
    "in %s the day of an answer is said with its zone, which may not be the reader's",
    async (locale) => {
      const desk = await aDesk();
      const token = await desk.survey("T1", { locale });
      await desk.ask(`/r/${token}`, form({ rating: "2" }));
      const html = await (await desk.ask(`/r/${token}`, { headers: browser })).text();
      const day = new Date("2026-01-05").toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" });
      expect(html).toContain(`${day} (UTC)`);
    },
  );

  // S28
  test("what outsiders wrote is shown as text", async () => {
    const desk = await aDesk();
    const subject = `<img src=x onerror=alert(1)> & "quotes" {subject} $& </title>`;
    const html = await (await desk.ask(`/r/${await desk.survey("T1", { subject })}`)).text();
    expect(html).toContain(
      "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot; {subject} $&amp; &lt;/title&gt;",
    );
    expect(html).not.toContain("<img");
  });

  test("a subject of 1,000 characters is cut at 150, by characters and not by halves of them", async () => {
    const desk = await aDesk();
    const html = await (
      await desk.ask(`/r/${await desk.survey("T1", { subject: "🖨".repeat(1000) })}`)
    ).text();
    expect(html).toContain(`<bdi>${"🖨".repeat(149)}…</bdi>`);
  });
});
