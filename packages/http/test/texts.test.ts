import { englishTexts } from "@csat/http";
import { describe, expect, test } from "vitest";
import { chooseLocale, completeTexts } from "../src/pages/locale.ts";
import { fillText } from "../src/pages/texts.ts";
import { aDesk, browser, form } from "./a-desk.ts";

const texts = {
  de: { send: "Bewertung senden", question: "Wie zufrieden sind Sie mit „{subject}“?" },
  "de-AT": { send: "Bewertung abschicken" },
  ar: { send: "إرسال" },
  "zh-hant": { send: "送出" },
};

async function pageFor(locale: string | undefined, acceptLanguage = ""): Promise<string> {
  const desk = await aDesk({ options: { texts } });
  const token = await desk.survey("T1", locale === undefined ? {} : { locale });
  return await (
    await desk.ask(`/r/${token}`, { headers: { ...browser, "accept-language": acceptLanguage } })
  ).text();
}

describe("the public page speaks", () => {
  test.each([
    ["en", "ltr"],
    ["de", "ltr"],
    ["fr", "ltr"],
    ["es", "ltr"],
    ["pt", "ltr"],
    ["ja", "ltr"],
    ["ar", "rtl"],
  ])("%s without the host's help, no sentence missing, every value in its place", (tag, direction) => {
    const locale = chooseLocale(completeTexts({}), [tag]);
    expect({ tag: locale.tag, direction: locale.direction }).toEqual({ tag, direction });
    for (const [key, english] of Object.entries(englishTexts)) {
      const sentence = new Map(Object.entries(locale.texts)).get(key) ?? "";
      expect(sentence.trim(), key).not.toBe("");
      expect(sentence.match(/\{\w+\}/g), key).toEqual(english.match(/\{\w+\}/g));
      if (tag !== "en") expect(sentence, key).not.toBe(english);
    }
  });

  test.each([
    ["de", "de", "Bewertung senden"],
    ["de-DE", "de", "Bewertung senden"],
    ["DE", "de", "Bewertung senden"],
    ["de-at", "de-AT", "Bewertung abschicken"],
    ["zh-Hant-TW", "zh-Hant", "送出"],
    ["zh", "en", "Send rating"],
    ["fr-FR", "fr", "Envoyer la note"],
    ["pt-BR", "pt", "Enviar avaliação"],
    ["pt_BR", "pt", "Enviar avaliação"],
    ["de_DE", "de", "Bewertung senden"],
    ["de_AT.UTF-8", "de-AT", "Bewertung abschicken"],
    ["zh_Hant_TW", "zh-Hant", "送出"],
    ["nl-NL", "en", "Send rating"],
    ["nl_NL", "en", "Send rating"],
    ["x", "en", "Send rating"],
  ])("to a customer of %s in %s", async (locale, lang, send) => {
    const html = await pageFor(locale);
    expect(html).toContain(`<html lang="${lang}" dir="ltr">`);
    expect(html).toContain(`>${send}</button>`);
  });

  test("a locale's missing sentences in its language, then in ours, then in English", async () => {
    const html = await pageFor("de-AT");
    expect(html).toContain("Wie zufrieden sind Sie mit „<bdi>Printer on fire</bdi>“?");
    expect(html).toContain("Was war gut, was könnte besser sein?");
    expect(await pageFor("zh-Hant")).toContain(englishTexts.commentLabel);
  });

  test("the browser's language where the customer's is not known, or not spoken here", async () => {
    expect(await pageFor(undefined, "nl;q=0.9, de-CH;q=0.8, en;q=0.1")).toContain('<html lang="de"');
    expect(await pageFor(undefined, "*")).toContain('<html lang="en"');
    expect(await pageFor(undefined, "de;q=0")).toContain('<html lang="en"');
    expect(await pageFor("nl", "de")).toContain('<html lang="de"');
    expect(await pageFor("fr", "de")).toContain('<html lang="fr"');
  });

  test("from right to left where the language does, with the numbers still in the order 1 to 5", async () => {
    const html = await pageFor("ar-EG");
    expect(html).toContain('<html lang="ar" dir="rtl">');
    const order = Array.from(html.matchAll(/type="radio" name="rating" value="(\d)"/g), ([, value]) => value);
    expect(order).toEqual(["1", "2", "3", "4", "5"]);
  });

  test.each([
    ["ar_EG", "ar", "rtl", "rtl"],
    ["ku", "ku", "ltr", "ltr"],
    // The host's Kurdish is in Latin letters; what an admin writes to Iraq is not.
    ["ku_IQ", "ku", "ltr", "rtl"],
    ["ku-Arab", "ku-Arab", "rtl", "rtl"],
    ["pa", "pa", "ltr", "ltr"],
    ["pa-Arab-PK", "pa-Arab", "rtl", "rtl"],
    ["az-Arab", "az-Arab", "rtl", "rtl"],
    ["az_AZ", "az", "ltr", "ltr"],
    ["ks", "ks", "rtl", "rtl"],
    ["ks-Deva", "ks-Deva", "ltr", "ltr"],
    ["dv", "dv", "rtl", "rtl"],
    ["ckb", "ckb", "rtl", "rtl"],
    ["ug", "ug", "rtl", "rtl"],
  ])("to a customer of %s as %s, which runs %s; the mail runs %s", async (locale, lang, page, mail) => {
    const tags = ["ku", "ku-Arab", "pa", "pa-Arab", "az", "az-Arab", "ks", "ks-Deva", "dv", "ckb", "ug"];
    const desk = await aDesk({ options: { texts: Object.fromEntries(tags.map((tag) => [tag, {}])) } });
    const html = await (await desk.ask(`/r/${await desk.survey("T1", { locale })}`)).text();
    expect(html).toContain(`<html lang="${lang}" dir="${page}">`);
    expect(/<html lang="[^"]+" dir="(\w+)"/.exec(desk.mailer.sent.at(-1)?.html ?? "")?.[1]).toBe(mail);
  });

  test("also where a link leads nowhere", async () => {
    const desk = await aDesk({
      options: { texts: { de: { unknownLink: "Dieser Link führt zu keiner Umfrage." } } },
    });
    const response = await desk.ask("/r/unknown", { headers: { ...browser, "accept-language": "de" } });
    expect(await response.text()).toContain("Dieser Link führt zu keiner Umfrage.");
  });
});

test("English itself can be changed, and is text, never HTML", async () => {
  const desk = await aDesk({
    options: { texts: { en: { send: "<b>Go</b>", thanks: "{rating}/5 {rating} {other}" } } },
  });
  const token = await desk.survey("T1");
  expect(await (await desk.ask(`/r/${token}`)).text()).toContain("&lt;b&gt;Go&lt;/b&gt;");
  expect(await (await desk.ask(`/r/${token}`, form({ rating: "4" }))).text()).toContain(
    "<h1>4/5 4 {other}</h1>",
  );
});

// S32
test.each([
  ["en", "How did we do?"],
  ["de", "Wie waren wir?"],
  ["ja", "対応はいかがでしたか"],
])("in %s a subject that shows nothing gets the question without one", async (locale, question) => {
  const desk = await aDesk();
  for (const [place, subject] of ["", "  ", "\u200b\u2060"].entries()) {
    const token = await desk.survey(`T${place}`, { subject, locale });
    expect(await (await desk.ask(`/r/${token}`)).text()).toContain(`<h1>${question}</h1>`);
  }
});

test("a question that names no subject shows none", async () => {
  const desk = await aDesk({ options: { texts: { en: { question: "How was it?" } } } });
  expect(await (await desk.ask(`/r/${await desk.survey("T1")}`)).text()).toContain("<h1>How was it?</h1>");
});

test("a workspace whose name shows nothing has no head line", async () => {
  const desk = await aDesk();
  const token = await desk.survey("T1", { workspaceName: "\u200b" });
  expect(await (await desk.ask(`/r/${token}`)).text()).not.toContain("<header>");
});

test("texts are filled in one pass, and inherited names are no placeholders", () => {
  expect(fillText("{rating} {constructor} {toString} {date}", { rating: "{date}", date: "$&" })).toBe(
    "{date} {constructor} {toString} $&",
  );
});
