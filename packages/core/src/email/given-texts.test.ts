import { expect, test } from "vitest";
import { anEmail } from "../../test/an-email.ts";
import { idleOptions } from "../../test/idle-options.ts";
import { createCsat } from "../create-csat.ts";
import { allEmailTexts } from "./given-texts.ts";

const texts = allEmailTexts({
  sv: {
    question: "Hur nöjd är du med hjälpen från {{operator_name}}?",
    greeting: { named: "Hej {{customer_name}}!", nameless: "Hej!" },
    optOut: "Inga fler enkäter",
  },
  de: { confirmHint: "Eine Zahl führt zur Bestätigung." },
  "de-AT": { greeting: { named: "Servus {{customer_name}},", nameless: "Servus," } },
  en: { preheader: "One click is enough." },
});

test("a host's language speaks in its mails; what it leaves out is English, with the host's sentences over it", () => {
  const { html, text } = anEmail({ locale: "sv-SE", texts });
  expect(html).toContain('<html lang="sv-SE"');
  expect(text).toContain("Hej Dana!");
  expect(text).toContain("Hur nöjd är du med hjälpen från Carol?");
  expect(html).toContain(">Inga fler enkäter</a>");
  expect(html).toContain("One click is enough.");
  expect(html).toContain("Choosing a number opens a page");
});

test("sentences of a region lie over those of its language, and these over ours", () => {
  const { html, text } = anEmail({ locale: "de-AT", texts });
  expect(text).toContain("Servus Dana,");
  expect(html).toContain("Eine Zahl führt zur Bestätigung.");
  expect(html).toContain("Sehr zufrieden");
  const swiss = anEmail({ locale: "de-CH", texts });
  expect(swiss.text).not.toContain("Servus");
  expect(swiss.html).toContain("Eine Zahl führt zur Bestätigung.");
});

test("without any, mails are as they were", () => {
  expect(anEmail({ locale: "fr", texts: allEmailTexts({}) })).toEqual(anEmail({ locale: "fr" }));
});

test.each<readonly [unknown, string]>([
  ["no", "texts must be an object of texts by locale"],
  [{ "no tag": {} }, "texts.no tag must be a BCP 47 tag"],
  [{ de: 7 }, "texts.de must be an object"],
  [{ de: { greting: "x" } }, "texts.de.greting is no sentence of the mail"],
  [{ de: { constructor: "x" } }, "texts.de.constructor is no sentence of the mail"],
  [{ de: { question: " " } }, "texts.de.question must be a text that is not blank"],
  [{ de: { question: "{{operator}}?" } }, "texts.de.question has the unknown placeholder {{operator}}"],
  [{ de: { greeting: { named: "x" } } }, "texts.de.greeting must be an object with named, nameless"],
  [
    { de: { ratingNames: { 1: "a", 2: "b", 3: "c", 4: "d", 5: 5 } } },
    "texts.de.ratingNames.5 must be a text",
  ],
])("the texts %j are refused at once", (given, why) => {
  expect(() => createCsat(idleOptions({ texts: given }))).toThrow(why);
});
