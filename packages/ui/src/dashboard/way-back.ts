import { address, type Parameter, type Selection, selectionOf } from "./selection.ts";

/** Goes with a link to fewer days than the dashboard shows, so that the list leads back to all of them. */
export function backTo({ range }: Selection): readonly Parameter[] {
  return [["back", address("", range).slice(1)]];
}

/** The dashboard that a list was opened from: the days it names, else its own, and its filter. */
export function wayBack(url: URL): readonly Parameter[] {
  const { range, filter } = selectionOf(url);
  const back = url.searchParams.get("back");
  if (back === null) return [...range, ...filter];
  // Known parameters alone are taken over, encoded anew.
  return [...selectionOf(new URL(`?${back}`, url)).range, ...filter];
}
