import { csatViews } from "@csat/ui";
import { expect, test } from "vitest";

async function localeFor(acceptLanguage: string | null, given?: string | null): Promise<string | null> {
  const views = csatViews({
    basePath: "/csat",
    ...(given === undefined ? {} : { locale: () => given }),
  });
  const headers = acceptLanguage === null ? {} : { "accept-language": acceptLanguage };
  const request = new Request("https://desk.example/csat/api/tickets/T1/explain", { headers });
  return (await views.render("explain", [], request)).headers.get("content-language");
}

test.each([
  [null, "en"],
  ["", "en"],
  ["de-AT,de;q=0.9", "de-AT"],
  ["en;q=0.1, fr", "fr"],
  ["*, de;q=0.5", "de"],
  ["tlh, ja", "ja"],
  [`tlh-x-${"a-".repeat(7_800)}a, es`, "es"],
  [`${"a,".repeat(8_000)}de`, "en"],
])("numbers and dates follow %.30j with %s", async (acceptLanguage, locale) => {
  expect(await localeFor(acceptLanguage)).toBe(locale);
});

test.each([
  ["pt_BR", "pt-BR"],
  ["de_DE", "de-DE"],
  ["ar-u-nu-latn", "ar-u-nu-latn"],
  ["no such language", "en"],
  [null, "fr"],
])("what the host says, %j, gives %s, whatever the browser asks for", async (given, locale) => {
  expect(await localeFor("fr", given)).toBe(locale);
});
