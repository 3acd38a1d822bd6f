import * as z from "zod/mini";
import { CsatError } from "../errors.ts";
import { readRange, type Windows } from "../metrics/date-window.ts";
import type { RangeInput } from "../metrics/metrics.ts";
import { isBlank } from "../survey/clean-text.ts";
import type { Rating } from "../survey/response.ts";
import { sliceText } from "../survey/slices.ts";
import type { Context } from "./context.ts";
import { idSchema, pageShape, validate } from "./validate.ts";

/** A read of one workspace's analytics, as the caller gave it. */
export interface AnalyticsQuery<Query> {
  readonly workspaceId: string;
  readonly range: RangeInput | undefined;
  readonly query: Query | undefined;
}

/** A reading, checked. Filters that were not given are left out. */
export interface CheckedQuery {
  readonly workspaceId: string;
  readonly windows: Windows;
  readonly narrowed: { readonly resolvedBy?: string | null; readonly rating?: Rating };
  /** The value asked for, as it is kept; null for all. */
  readonly slice: string | null;
  /** The attribute whose values stand side by side; null for none. */
  readonly by: string | null;
  /** As it was given: `storageCursor` reads it. */
  readonly cursor: string | undefined;
  readonly limit: number;
}

const querySchema = (slicedBy: readonly string[]) => {
  const attribute = z
    .string("must be the name of an attribute")
    .check(z.refine((name) => slicedBy.includes(name), whichAttributes(slicedBy)));
  return z
    .object({
      resolvedBy: z.optional(z.nullable(idSchema)),
      rating: z.optional(z.literal([1, 2, 3, 4, 5], "must be a whole number from 1 to 5")),
      where: z.optional(
        z.object(
          {
            attribute,
            value: z.string("must be text").check(z.refine((value) => !isBlank(value), "must not be blank")),
          },
          "must be an attribute and a value",
        ),
      ),
      by: z.optional(attribute),
      ...pageShape,
    })
    .check(
      z.refine(({ where, by }) => where === undefined || by === undefined, {
        path: ["by"],
        error: "cannot stand beside where: pairs of values are not counted",
      }),
    );
};

function whichAttributes(slicedBy: readonly string[]): string {
  if (slicedBy.length === 0) return "names an attribute, but createCsat was given none with slice: true";
  return `must be one of ${slicedBy.join(", ")}`;
}

/** Checks a read of analytics; a range that was left out is 30 days, a page 50 rows. @throws CsatError `invalid_input`, with an issue per wrong value */
export function checkQuery<Tx>(
  { clock, slicedBy }: Pick<Context<Tx>, "clock" | "slicedBy">,
  { workspaceId, range = { days: 30 }, query = {} }: AnalyticsQuery<object>,
): CheckedQuery {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const windows = readRange(range, clock.now());
  if ("issues" in windows) {
    const said = windows.issues.map(({ path, message }) => `${path === "" ? "it" : path} ${message}`);
    throw new CsatError("invalid_input", `The range cannot be used: ${said.join("; ")}.`, {
      issues: windows.issues,
    });
  }
  const { resolvedBy, rating, where, by, cursor, limit } = validate({
    schema: querySchema(slicedBy),
    value: query,
    where: "The analytics cannot be read",
  });
  return {
    workspaceId,
    windows,
    narrowed: {
      ...(resolvedBy === undefined ? {} : { resolvedBy }),
      ...(rating === undefined ? {} : { rating }),
    },
    slice: where === undefined ? null : sliceText(where),
    by: by ?? null,
    cursor,
    limit: limit ?? 50,
  };
}
