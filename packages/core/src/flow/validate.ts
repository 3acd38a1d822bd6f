import * as z from "zod/mini";
import { CsatError, type CsatIssue } from "../errors.ts";
import { hasAtMost } from "../survey/clean-text.ts";
import { isDate } from "../survey/is-date.ts";

const maxIdLength = 200;
// The library stores and mails ids as they are: control characters and broken surrogates fit neither.
const notAnId = /[\p{Cc}\p{Cs}]/u;

/** A workspace, ticket or actor id: 1–200 characters, none of them a control character. */
export const idSchema = z
  .string("must be a string")
  .check(
    z.refine(
      (id) => id.length > 0 && hasAtMost(id, maxIdLength) && !notAnId.test(id),
      "must be 1–200 characters without control characters",
    ),
  );

// A time and an id of four bytes a character, as JSON in base64, come to 1,200.
const maxCursorLength = 2_000;

/** Who does something by hand; null for a machine. */
export const actorShape = { actorId: z.nullable(idSchema) };

/** Where a page of a list goes on, and how many rows it has: 1–200. */
export const pageShape = {
  cursor: z.optional(
    z
      .string("must be a cursor of an earlier page")
      .check(z.maxLength(maxCursorLength, "must be a cursor of an earlier page")),
  ),
  limit: z.optional(
    z
      .int("must be a whole number")
      .check(z.refine((limit) => limit >= 1 && limit <= 200, "must be 1 to 200")),
  ),
};

/** A real date between the years 1970 and 9999, which every database stores. */
export const dateSchema = z
  .custom<Date>(isDate, "must be a Date")
  .check(
    z.refine(
      (date) => date.getTime() >= 0 && date.getTime() < 253_402_300_800_000,
      "must be a valid date from 1970 to 9999",
    ),
  );

// Clocks of two machines differ by a little; by more than this, a time is a mistake, e.g. seconds taken for milliseconds.
const mostAheadMs = 5 * 60_000;

/** The time of an event: it lies at most five minutes ahead of `now`. */
export function eventTimeSchema(now: Date) {
  return dateSchema.check(
    z.refine(
      // Asked so that what is no date has one fault, and not two.
      (date) => !(date.getTime() - now.getTime() > mostAheadMs),
      "must not be more than five minutes in the future",
    ),
  );
}

/** Which ticket. */
export const ticketRefSchema = z.object(
  { workspaceId: idSchema, ticketId: idSchema },
  "must name a workspaceId and a ticketId",
);

/** Checks values from outside. `where` starts the message. @throws CsatError `invalid_input` with an issue per wrong value */
export function validate<Schema extends z.ZodMiniType>({
  schema,
  value,
  where,
}: {
  readonly schema: Schema;
  readonly value: unknown;
  readonly where: string;
}): z.output<Schema> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.flatMap(toIssues);
  const said = issues.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join("; ");
  throw new CsatError("invalid_input", `${where}: ${said}.`, { issues });
}

function toIssues(issue: z.core.$ZodIssue): readonly CsatIssue[] {
  const at = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...at, key].join("."), message: "is not a known field" }));
  }
  return [{ path: at.join("."), message: issue.message }];
}
