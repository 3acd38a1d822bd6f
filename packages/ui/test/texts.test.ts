import { journalEvents, journalReasons, readLocale } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews, viewTexts } from "../src/index.ts";
import { allTexts } from "../src/texts/all-texts.ts";
import { english } from "../src/texts/english.ts";
import { journalLine } from "../src/texts/journal-line.ts";
import type { CountedText, ViewTexts } from "../src/texts/view-texts.ts";
import { wordingFor } from "../src/texts/wording.ts";
import { wordsOf } from "./dashboard/a-dashboard.ts";
import { anEntry } from "./panel/a-panel.ts";

const translated = ["ar", "de", "es", "fr", "ja", "pt"];

/** The names in braces, sorted. */
function namesIn(text: string): readonly string[] {
  return [...new Set(text.match(/\{\w+\}/g))].toSorted();
}

function formsOf(text: string | CountedText | undefined): readonly string[] {
  return typeof text === "string" ? [text] : Object.values(text ?? {});
}

function textOf(texts: ViewTexts, key: keyof typeof english): string | CountedText | undefined {
  return texts[key];
}

describe.each(translated)("the views in %s", (lang) => {
  const texts = viewTexts[lang] ?? {};
  // What an Object has is a sentence's name.
  const keys = Object.keys(english) as (keyof typeof english)[];

  test("have every sentence, and none that is blank or unknown", () => {
    expect(Object.keys(texts).toSorted()).toEqual([...keys, "journal"].toSorted());
    for (const key of keys) for (const form of formsOf(textOf(texts, key))) expect(form.trim()).not.toBe("");
  });

  test.each(keys)("fill in the same in %s as English does", (key) => {
    const given = textOf(texts, key);
    const wanted = namesIn(formsOf(english[key]).join());
    for (const form of formsOf(given)) {
      const found = namesIn(form);
      // "one" may be a word of its own.
      const mayLeaveOut = typeof english[key] === "object" ? ["{count}", "{days}"] : [];
      expect(wanted).toEqual(expect.arrayContaining([...found]));
      expect(found).toEqual(expect.arrayContaining(wanted.filter((name) => !mayLeaveOut.includes(name))));
    }
    if (typeof given === "object") expect(namesIn(given.other)).toContain("{count}");
  });

  test("have every event and reason of the journal", () => {
    const { events = {}, reasons = {}, leavings = {}, ...rest } = texts.journal ?? {};
    expect(Object.keys(events).toSorted()).toEqual(journalEvents.toSorted());
    expect(Object.keys(reasons).toSorted()).toEqual(journalReasons.toSorted());
    expect(Object.keys(leavings).toSorted()).toEqual(["closed", "merged", "reopened"]);
    expect(namesIn(rest.ruleSays ?? "")).toEqual(["{rule}"]);
    expect(namesIn(rest.byChannel ?? "")).toEqual(["{channel}"]);
    expect(rest.resolvedAutomatically).toMatch(/\S/);
  });

  test("take every plural form that the language knows from its own texts", () => {
    const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
    for (const key of keys) {
      const text = textOf(texts, key);
      if (typeof text !== "object") continue;
      // Numbers of these pages are whole and small: "many" is for millions in some languages.
      const isCounted = text.one !== undefined || !pluralCategories.includes("one") || lang === "ar";
      expect([key, isCounted]).toEqual([key, true]);
    }
  });
});

test("the languages are those of mails and of the public page", () => {
  expect(Object.keys(viewTexts).toSorted()).toEqual(["en", ...translated].toSorted());
  for (const tag of Object.keys(viewTexts)) expect(readLocale(tag)?.toString()).toBe(tag);
});

describe("texts of a host", () => {
  const all = allTexts({
    sv: { average: "Medel", countedResponses: { one: "{count} svar", other: "{count} svar" } },
    "de-AT": { save: "Speichern, bitte" },
    de: { save: "Sichern", journal: { events: { sent: "Hinaus" } } },
    en: { noComment: "Silence" },
  });

  test("lie over ours; what a locale leaves out comes from its language, then from English with its overrides", () => {
    const swedish = wordingFor(["sv-SE"], all);
    expect([swedish.lang, swedish.say("average"), swedish.say("noComment")]).toEqual([
      "sv",
      "Medel",
      "Silence",
    ]);
    expect(swedish.counted("countedResponses", 12_480)).toBe("12\u00A0480 svar");
    const austrian = wordingFor(["de-AT"], all);
    expect([austrian.say("save"), austrian.say("back")]).toEqual(["Speichern, bitte", "Zurück"]);
    const german = wordingFor(["de-CH"], all);
    expect(german.say("save")).toBe("Sichern");
    const line = (event: "sent" | "resolved") =>
      journalLine({ event, reason: null, actorId: "a" }, german).what;
    expect([line("sent"), line("resolved")]).toEqual(["Hinaus", "Ticket gelöst"]);
  });

  test.each<readonly [string, unknown, RegExp]>([
    ["no locale", { "not a tag": {} }, /texts\.not a tag must be a BCP 47 tag/],
    ["no sentence", { de: { avrage: "x" } }, /texts\.de\.avrage is no sentence/],
    ["what every object has", { de: { constructor: "x" } }, /is no sentence/],
    ["a blank one", { de: { average: " " } }, /must be a text that is not blank/],
    ["no text", { de: { average: 7 } }, /must be a text that is not blank/],
    ["one form for a counted one", { de: { points: "Punkte" } }, /plural forms with other/],
  ])("with %s are refused at once, by name", (_, texts, why) => {
    // As a caller without types passes them.
    expect(() => csatViews({ basePath: "/csat", texts: texts as Record<string, ViewTexts> })).toThrow(why);
  });

  test("are escaped, and what they fill in is never a name again", async () => {
    const views = csatViews({
      basePath: "/csat",
      locale: () => "en",
      texts: { en: { lineBy: "<b>{name}</b> {what} {constructor}" } },
    });
    const entry = {
      ...anEntry({ event: "sent" }),
      actorId: "x",
      actorName: "{what}<i>",
    };
    const html = await views.draw(
      "explain",
      [entry],
      new Request("https://desk.example/csat/api/tickets/T1"),
    );
    expect(html).toContain("&lt;b&gt;<bdi>{what}&lt;i&gt;</bdi>&lt;/b&gt; Survey sent {constructor}");
  });
});

describe("the language of a viewer", () => {
  const wanted = (...tags: readonly string[]) => {
    const { lang, dir, average } = wordingFor(tags, allTexts({}));
    return [lang, dir, average(4.5)];
  };

  test("is the first of those asked for that has texts, with its own numbers", () => {
    expect(wanted("sv", "de-AT", "fr")).toEqual(["de", "ltr", "4,50"]);
    expect(wanted("en-GB", "de")).toEqual(["en", "ltr", "4.50"]);
  });

  test("is English with the numbers asked for where none has texts", () => {
    expect(wanted("sv")).toEqual(["en", "ltr", "4,50"]);
    expect(wanted("x-nothing", "")).toEqual(["en", "ltr", "4.50"]);
  });

  test("of Arabic runs from right to left, in every view", async () => {
    const views = csatViews({ basePath: "/csat", locale: () => "ar-EG" });
    const request = new Request("https://desk.example/csat/api/tickets/T1");
    const html = await views.draw("ticket-panel", { panel: { state: "none" }, journal: [] }, request);
    expect(html).toContain('lang="ar" dir="rtl"');
    expect(wordsOf(html)).toContain("رضا العملاء");
    const response = await views.render("ticket-panel", { panel: { state: "none" }, journal: [] }, request);
    expect(await response.text()).toContain('<html lang="ar" dir="rtl">');
    expect(response.headers.get("content-language")).toBe("ar-EG");
  });
});
