import { expect, test } from "vitest";
import { readRules } from "./rules-schema.ts";

const decide = () => "ask";

function pathsOf(value: unknown): readonly string[] {
  const read = readRules(value);
  return "issues" in read ? read.issues.map(({ path, message }) => `${path}: ${message}`) : [];
}

// S63
test("rules are kept as they are, in a list that the host's own does not change", () => {
  // As an instance of a class has its methods.
  const quiet = Object.assign(Object.create({ decide: () => "skip" }), { name: "quiet-hours" });
  const rules: object[] = [{ name: "a", decide }, quiet];
  const read = readRules(rules);
  const kept = "rules" in read ? read.rules : [];
  rules.push({ name: "late", decide });
  expect(kept.map(({ name }) => name)).toEqual(["a", "quiet-hours"]);
  expect(kept[1]).toBe(rules[1]);
  expect(readRules([])).toEqual({ rules: [] });
});

// S63
test.each(["", "Vip", "1st", "_a", "a b", "a.b", "rule:a", "a".repeat(41), 7, null, undefined])(
  "%j is no name of a rule",
  (name) => {
    expect(pathsOf([{ name, decide }])).toEqual([
      "0.name: must be a name such as business_hours, of 40 characters at most",
    ]);
  },
);

// S63
test.each(["a", "a-1_b", "a".repeat(40)])("%j is a name of a rule", (name) => {
  expect(pathsOf([{ name, decide }])).toEqual([]);
});

// S63: a reason must say which rule it was.
test("a name that an earlier rule has is refused, each time", () => {
  const named = ["a", "b", "a", "a"].map((name) => ({ name, decide }));
  const message = "must be the name of one rule only";
  expect(pathsOf(named)).toEqual([`2.name: ${message}`, `3.name: ${message}`]);
});

test.each([undefined, null, "skip", { name: "a", decide }, () => [], new Map()])(
  "%j is no list of rules",
  (value) => {
    expect(pathsOf(value)).toEqual([": must be a list of rules"]);
  },
);

test("every bad rule is named at once", () => {
  expect(pathsOf([null, "skip", {}, { name: "a", decide: "skip" }, { name: "b", decide }])).toEqual([
    "0: must be an object with name and decide",
    "1: must be an object with name and decide",
    "2.name: must be a name such as business_hours, of 40 characters at most",
    "2.decide: must be a function",
    "3.decide: must be a function",
  ]);
});

test("twenty rules are the most", () => {
  const many = Array.from({ length: 21 }, (_, index) => ({ name: `r${index}`, decide }));
  expect(pathsOf(many.slice(1))).toEqual([]);
  expect(pathsOf(many)).toEqual([": must be 20 rules at most"]);
});
