import {
  CsatError,
  type CsatIssue,
  isCsatError,
  type RangeInput,
  type Rating,
  type SliceFilter,
} from "@csat/core";
import { digits, flag, refuseQuery, single } from "./query.ts";

/** The days that a query names; undefined when it names none, which is the core's default. @throws CsatError `invalid_input` */
export function rangeOf(url: URL): RangeInput | undefined {
  const days = digits(url, "days");
  const [from, to] = [single(url, "from"), single(url, "to")];
  if (days === null && from === null && to === null) return undefined;
  const given = {
    ...(days === null ? {} : { days }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
  // The core judges ranges, half and double ones included, and names what is wrong.
  return given as RangeInput;
}

/** `resolver=ID`, or `unattributed`; neither asks for all. @throws CsatError `invalid_input` */
export function resolverOf(url: URL): { readonly resolvedBy?: string | null } {
  const [resolver, isUnattributed] = [single(url, "resolver"), flag(url, "unattributed")];
  if (resolver !== null && isUnattributed) throw refuseQuery("unattributed", "cannot stand beside resolver");
  if (isUnattributed) return { resolvedBy: null };
  return resolver === null ? {} : { resolvedBy: resolver };
}

/** `where=team:billing`: the name of an attribute, and behind its first colon the value, whatever is in it. @throws CsatError `invalid_input` */
export function whereOf(url: URL): { readonly where?: SliceFilter } {
  const where = single(url, "where");
  if (where === null) return {};
  const end = where.indexOf(":");
  if (end < 0)
    throw refuseQuery("where", "must be an attribute and a value with a colon between, as team:billing");
  return { where: { attribute: where.slice(0, end), value: where.slice(end + 1) } };
}

/** `by=team`. @throws CsatError `invalid_input` */
export function attributeOf(url: URL): { readonly by?: string } {
  const by = single(url, "by");
  return by === null ? {} : { by };
}

/** `rating=1` to `5`. @throws CsatError `invalid_input` */
export function ratingOf(url: URL): { readonly rating?: Rating } {
  const rating = digits(url, "rating");
  // The core refuses what is no rating.
  return rating === null ? {} : { rating: rating as Rating };
}

/** `cursor` and `limit` of a list. @throws CsatError `invalid_input` */
export function pageOf(url: URL): { readonly cursor?: string; readonly limit?: number } {
  const [cursor, limit] = [single(url, "cursor"), digits(url, "limit")];
  return { ...(cursor === null ? {} : { cursor }), ...(limit === null ? {} : { limit }) };
}

/** What the core calls `resolvedBy` is `resolver`, and both halves of `where` are one field: which of them is wrong is said in words. */
function inTermsOfField({ path, message }: CsatIssue): CsatIssue {
  if (path === "resolvedBy") return { path: "resolver", message };
  const [field = path, half] = path.split(".");
  return field === "where" && half !== undefined
    ? { path: field, message: `${half} ${message}` }
    : { path, message };
}

/** Runs a read and lets its refusals speak of the query. */
export async function inTermsOfQuery<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isCsatError(error, "invalid_input")) throw error;
    const issues = error.issues.map(inTermsOfField);
    const said = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new CsatError("invalid_input", `The query cannot be used: ${said}.`, { issues, cause: error });
  }
}
