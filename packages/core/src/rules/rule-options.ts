import { CsatError, type CsatIssue } from "../errors.ts";
import { ruleName } from "../policy/ask/rule.ts";

/** One issue when `holds` is false, else none: a list of checks reads as a list of fields. */
export function unless(holds: boolean, path: string, message: string): readonly CsatIssue[] {
  return holds ? [] : [{ path, message }];
}

/** Issues of a rule's own name. */
export function issuesOfName(name: unknown): readonly CsatIssue[] {
  const isName = typeof name === "string" && ruleName.test(name);
  return unless(isName, "name", "must be a name such as business_hours, of 40 characters at most");
}

/** Nothing for no issue. @throws CsatError `invalid_config`, with all of them */
export function refuseWrong(rule: string, issues: readonly CsatIssue[]): void {
  if (issues.length === 0) return;
  const said = issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
  throw new CsatError("invalid_config", `${rule} was given wrong options: ${said}.`, { issues });
}
