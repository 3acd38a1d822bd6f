import { CsatError, type CsatIssue, type Rating, ratings } from "@csat/core";
import type { Fields } from "./read-fields.ts";

/** A customer's answer, as far as it can be judged without the database. Length and characters of the comment are the core's to judge. */
export interface ParsedAnswer {
  readonly rating: Rating;
  readonly comment: string | null;
}

/** What the customer typed, good or bad, to be shown again beside the errors. */
export interface Typed {
  readonly rating: Rating | null;
  readonly comment: string;
}

/** Nothing typed. */
export const nothingTyped: Typed = { rating: null, comment: "" };

/**
 * The answer in a body. JSON gives the rating as a number, a form as one digit; nothing else is converted. `further` names
 * fields that the caller reads itself.
 * @throws CsatError `invalid_input`, an issue for every wrong field
 */
export function parseAnswer(fields: Fields, further: readonly string[] = []): ParsedAnswer {
  const rating = parseRating(fields);
  const comment = fields.values.get("comment") ?? null;
  const known = ["rating", "comment", ...further];
  const issues: CsatIssue[] = [];
  if (rating === null) issues.push({ path: "rating", message: wrongRating[fields.kind] });
  if (comment !== null && typeof comment !== "string") {
    issues.push({ path: "comment", message: "must be text, or null" });
  }
  // A form may carry more than we asked for; a program that misspells `comment` would lose it silently.
  if (fields.kind === "json") {
    for (const path of fields.values.keys()) {
      if (!known.includes(path)) issues.push({ path, message: `is unknown; send ${known.join(", ")}` });
    }
  }
  if (rating === null || (comment !== null && typeof comment !== "string") || issues.length > 0) {
    throw new CsatError("invalid_input", "The rating could not be recorded: see the issues.", { issues });
  }
  return { rating, comment };
}

/** What of a form can be shown again. */
export function typedIn(fields: Fields): Typed {
  const comment = fields.values.get("comment");
  return { rating: parseRating(fields), comment: typeof comment === "string" ? comment : "" };
}

/** The rating that a link carries in `?rating=`; null when it is missing, given twice or no digit from 1 to 5. */
export function preselectedRating(url: URL): Rating | null {
  const given = url.searchParams.getAll("rating");
  return given.length === 1 ? fromDigit(given[0]) : null;
}

const wrongRating = {
  json: "must be a whole number from 1 to 5",
  form: "must be one digit from 1 to 5",
};

function parseRating({ kind, values }: Fields): Rating | null {
  const given = values.get("rating");
  return kind === "form" ? fromDigit(given) : (ratings.find((rating) => rating === given) ?? null);
}

function fromDigit(given: unknown): Rating | null {
  return ratings.find((rating) => `${rating}` === given) ?? null;
}
