import { describe, expect, test } from "vitest";
import { isCsatError } from "../errors.ts";
import type { Attributes, RuleFacts } from "../policy/ask/rule.ts";
import { readAttributes } from "../survey/attributes.ts";
import { type AttributeValues, onlyWhen } from "./only-when.ts";

const now = new Date("2026-03-10T09:00:00.000Z");

function decided(options: AttributeValues, attributes: Attributes): unknown {
  const facts: RuleFacts = {
    workspaceId: "w1",
    ticketId: "t1",
    now,
    resolvedAt: now,
    resolvedBy: null,
    assigneeId: null,
    channel: "email",
    customer: { timeZone: null, locale: null },
    attributes,
  };
  return onlyWhen(options).decide(facts);
}

function issuesOf(options: unknown): readonly string[] {
  try {
    onlyWhen(options as AttributeValues); // On purpose: bad input.
  } catch (error) {
    if (isCsatError(error, "invalid_config")) return error.issues.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe("a ticket is asked about", () => {
  // S63: with anyOf, with noneOf.
  test.each<[string, Attributes, string, string]>([
    ["a value of the list", { team: "billing" }, "ask", "skip"],
    ["the other value of the list", { team: "sales" }, "ask", "skip"],
    ["another value", { team: "tech" }, "skip", "ask"],
    ["the value in other letters", { team: "Billing" }, "skip", "ask"],
    ["a set that shares a value", { team: ["tech", "sales"] }, "ask", "skip"],
    ["a set that shares none", { team: ["tech", "field"] }, "skip", "ask"],
    ["an empty set", { team: [] }, "skip", "ask"],
    ["nothing", {}, "skip", "ask"],
    ["another attribute alone", { tags: "billing" }, "skip", "ask"],
  ])("that has %s", (_, attributes, withAnyOf, withNoneOf) => {
    const list = ["billing", "sales"];
    expect(decided({ attribute: "team", anyOf: list }, attributes)).toBe(withAnyOf);
    expect(decided({ attribute: "team", noneOf: list }, attributes)).toBe(withNoneOf);
  });
});

test("what every object has by birth is no attribute", () => {
  expect(decided({ attribute: "constructor", noneOf: ["acme"] }, {})).toBe("ask");
  expect(decided({ attribute: "constructor", anyOf: ["acme"] }, { constructor: "acme" })).toBe("ask");
});

test("a list is compared as attributes are kept: on one line, and numbers as text", () => {
  const { attributes } = readAttributes({ plan: "pro  plus\u0000 ", seats: 5 });
  expect(decided({ attribute: "plan", anyOf: [" pro \tplus"] }, attributes)).toBe("ask");
  expect(decided({ attribute: "seats", anyOf: ["5"] }, attributes)).toBe("ask");
});

test("a list that changes later changes no rule", () => {
  const anyOf = ["billing"];
  const rule = onlyWhen({ attribute: "team", anyOf });
  anyOf.push("tech");
  expect(rule.decide({ attributes: { team: "tech" } } as unknown as RuleFacts)).toBe("skip"); // It looks at no more.
});

// S63
test("its name is only_when, or what the host calls it, and the rule cannot be changed", () => {
  const rule = onlyWhen({ attribute: "team", anyOf: ["billing"] });
  expect([rule.name, Object.isFrozen(rule)]).toEqual(["only_when", true]);
  expect(onlyWhen({ attribute: "team", anyOf: ["billing"], name: "billing-only" }).name).toBe("billing-only");
});

describe("wrong options are refused by their field, at the start", () => {
  test.each([
    [{ attribute: "Team" }, ["attribute"]],
    [{ attribute: "a".repeat(41) }, ["attribute"]],
    [{ attribute: undefined }, ["attribute"]],
    [{ attribute: "__proto__" }, ["attribute"]],
    [{ noneOf: ["sales"] }, [""]],
    [{ anyOf: undefined }, [""]],
    [{ anyOf: [] }, ["anyOf"]],
    [{ anyOf: "billing" }, ["anyOf"]],
    [{ anyOf: ["billing", 7] }, ["anyOf"]],
    [{ anyOf: ["billing", " "] }, ["anyOf"]],
    [{ anyOf: null }, ["anyOf"]],
    [{ anyOf: undefined, noneOf: [null] }, ["noneOf"]],
    [{ name: "Billing" }, ["name"]],
    [{ attribute: "", noneOf: [], name: "" }, ["attribute", "", "noneOf", "name"]],
  ])("%j: %j", (changed, paths) => {
    expect(issuesOf({ attribute: "team", anyOf: ["billing"], ...changed })).toEqual(paths);
  });

  test.each([undefined, null, "team", 7])("%j is no options", (options) => {
    expect(issuesOf(options)).toEqual(["attribute", ""]);
  });

  test("in words that say what to write", () => {
    // What a caller without types may write.
    const options = { attribute: "Team", anyOf: [], noneOf: ["x"] } as unknown as AttributeValues;
    expect(() => onlyWhen(options)).toThrow(
      "onlyWhen was given wrong options: attribute must be a name such as team, in lower case; " +
        "must have either anyOf or noneOf; anyOf must be a list of texts, one at least.",
    );
  });
});
