import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readReport } from "../src/index.ts";

const samples = new URL("samples/", import.meta.url);
const none = "-";

/** What the author of each sample wrote beside it. */
const expected = readFileSync(new URL("expected.tsv", samples), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"))
  .map(([name = "", what = "", status = "", survey = "", message = ""]) => ({
    name,
    what,
    status,
    survey,
    message,
  }));

// S73
describe("each sample says what its author wrote beside it", () => {
  for (const { name, ...wanted } of expected) {
    for (const [lineEnds, asThey] of [
      ["CR LF", (text: string) => text.replace(/\n/g, "\r\n")],
      ["LF", (text: string) => text],
    ] as const) {
      test(`${name}, lines ended by ${lineEnds}`, async () => {
        const text = asThey(readFileSync(new URL(`${name}.eml`, samples), "utf8"));
        expect(await inShort(text)).toEqual(wanted);
        expect(await inShort(new TextEncoder().encode(text))).toEqual(wanted);
      });
    }
  }
});

test("no sample stands without an expectation, nor the other way round, and there are at least 60", () => {
  const files = readdirSync(samples).filter((name) => name.endsWith(".eml"));
  expect(files.sort()).toEqual(expected.map(({ name }) => `${name}.eml`).sort());
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test("no sample names a person, a domain or a machine that there is", () => {
  for (const { name } of expected) {
    const text = readFileSync(new URL(`${name}.eml`, samples), "utf8");
    const domains = text.match(/(?<=@)[\w.-]+\.[a-z]+/gi) ?? [];
    expect(domains.filter((domain) => !/(?:^|\.)example\.(?:com|net|org)$/i.test(domain))).toEqual([]);
    const machines = text.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g) ?? [];
    // RFC 5737.
    expect(machines.filter((ip) => !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(ip))).toEqual([]);
  }
});

async function inShort(raw: Uint8Array | string) {
  const report = await readReport(raw);
  if (report === null) return { what: "no report", status: none, survey: none, message: none };
  const isBounce = report.kind === "bounced";
  return {
    what: isBounce ? (report.isPermanent ? "permanent" : "passing") : report.kind,
    status: (isBounce ? report.status : null) ?? none,
    survey: report.surveyId ?? none,
    message: report.messageId ?? none,
  };
}
