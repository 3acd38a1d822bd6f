import type { AskRule } from "../policy/ask/rule.ts";
import { attributeName } from "../survey/attributes.ts";
import { isBlank, oneLine } from "../survey/clean-text.ts";
import { issuesOfName, refuseWrong, unless } from "./rule-options.ts";

/** An attribute of the ticket, and either the values that are asked or those that are not. */
export type AttributeValues = {
  /** Its name, as the host gives it in `TicketSnapshot.attributes`. */
  readonly attribute: string;
  /** What the journal calls this rule. Default `only_when`; two of them need names of their own. */
  readonly name?: string;
} & (
  | { readonly anyOf: readonly string[]; readonly noneOf?: undefined }
  | { readonly noneOf: readonly string[]; readonly anyOf?: undefined }
);

/**
 * Asks only when an attribute is one of `anyOf`, or only when it is none of `noneOf`; else the ticket is skipped. A set
 * is in a list when it shares a value with it; a missing attribute is in no list, so `anyOf` skips it and `noneOf` asks.
 * Values are compared as they are, upper and lower case apart.
 * @throws CsatError `invalid_config`, with an issue per wrong field
 */
export function onlyWhen(options: AttributeValues): AskRule {
  // From JavaScript it may be anything.
  const { attribute, anyOf, noneOf, name = "only_when" } = Object(options) as AttributeValues;
  refuseWrong("onlyWhen", [
    ...unless(isName(attribute), "attribute", "must be a name such as team, in lower case"),
    ...unless((anyOf === undefined) !== (noneOf === undefined), "", "must have either anyOf or noneOf"),
    ...unless(anyOf === undefined || isListOfTexts(anyOf), "anyOf", "must be a list of texts, one at least"),
    ...unless(
      noneOf === undefined || isListOfTexts(noneOf),
      "noneOf",
      "must be a list of texts, one at least",
    ),
    ...issuesOfName(name),
  ]);
  // As the attributes themselves are cleaned.
  const listed: ReadonlySet<string> = new Set([...(anyOf ?? []), ...(noneOf ?? [])].map(oneLine));
  return Object.freeze<AskRule>({
    name,
    decide({ attributes }) {
      const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
      const values = typeof value === "string" ? [value] : (value ?? []);
      return values.some((one) => listed.has(one)) === (anyOf !== undefined) ? "ask" : "skip";
    },
  });
}

function isName(value: unknown): boolean {
  return typeof value === "string" && attributeName.test(value);
}

function isListOfTexts(value: unknown): boolean {
  const isText = (one: unknown) => typeof one === "string" && !isBlank(one);
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}
