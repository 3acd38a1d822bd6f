import * as z from "zod/mini";
import type { CsatIssue } from "../errors.ts";
import { type AskRule, ruleName } from "../policy/ask/rule.ts";

/** Each is asked before every attempt of every survey. */
const mostRules = 20;

const ruleSchema = z
  .custom<AskRule>(
    (value) => (typeof value === "object" || typeof value === "function") && value !== null,
    "must be an object with name and decide",
  )
  .check(
    z.refine(({ name }) => typeof name === "string" && ruleName.test(name), {
      path: ["name"],
      error: "must be a name such as business_hours, of 40 characters at most",
    }),
    z.refine(({ decide }) => typeof decide === "function", { path: ["decide"], error: "must be a function" }),
  );

/**
 * The host's rules of `createCsat`, 20 at most: the same objects in a list of our own, so that one of a class keeps its
 * methods, and a list that the host goes on filling changes nothing.
 */
export const rulesSchema = z.array(ruleSchema, "must be a list of rules").check(
  z.maxLength(mostRules, `must be ${mostRules} rules at most`),
  z.check(({ value, issues }) => {
    const names = value.map((rule) => rule?.name);
    for (const [index, name] of names.entries()) {
      if (name === undefined || names.indexOf(name) === index) continue;
      const message = "must be the name of one rule only";
      issues.push({ code: "custom", path: [index, "name"], message, input: value });
    }
  }),
);

/** A list of rules that can be used, or what is wrong with it, by `0.name` and such. Asks none of them. */
export function readRules(
  value: unknown,
): { readonly rules: readonly AskRule[] } | { readonly issues: readonly CsatIssue[] } {
  const read = rulesSchema.safeParse(value);
  if (read.success) return { rules: read.data };
  return {
    issues: read.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  };
}
