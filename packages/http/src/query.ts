import { CsatError } from "@csat/core";

// A cursor and the way back to a page with another, and some of the host's own.
const maxLength = 8_000;
const maxParameters = 50;

/** Refuses a query that no page of ours makes: views carry the host's own parameters on in every link. @throws CsatError `invalid_input` */
export function checkQuery({ search, searchParams }: URL): void {
  if (search.length <= maxLength && search.split("&", maxParameters + 1).length <= maxParameters) return;
  const [characters, parameters] = [search.length, searchParams.size];
  throw new CsatError(
    "invalid_input",
    `The query has ${characters} characters and ${parameters} parameters; ${maxLength} and ${maxParameters} are the most.`,
  );
}

/** A query parameter that may stand once. Null when it is not there. @throws CsatError `invalid_input` when it stands twice */
export function single(url: URL, name: string): string | null {
  const given = url.searchParams.getAll(name);
  if (given.length > 1) throw refuseQuery(name, "must be given once");
  return given[0] ?? null;
}

/** A query parameter that is on by standing there: `?dead`, or true or 1; false, 0 and its absence are off. @throws CsatError `invalid_input` */
export function flag(url: URL, name: string): boolean {
  const given = single(url, name);
  if (given === null || given === "false" || given === "0") return false;
  if (given === "" || given === "true" || given === "1") return true;
  throw refuseQuery(name, "must stand alone, or be true or false");
}

/** A whole number as it is written, so not 07; NaN for anything else, which the core refuses by name. Null when it is not there. @throws CsatError `invalid_input` when it stands twice */
export function digits(url: URL, name: string): number | null {
  const given = single(url, name);
  if (given === null) return null;
  return /^(0|[1-9]\d{0,8})$/.test(given) ? Number(given) : Number.NaN;
}

/** The refusal of one query parameter. */
export function refuseQuery(path: string, message: string): CsatError {
  return new CsatError("invalid_input", "The query cannot be used.", { issues: [{ path, message }] });
}
