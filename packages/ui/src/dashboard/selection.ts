/** One part of a query; a value of null stands as the bare name. */
export type Parameter = readonly [name: string, value: string | null];

/** What an analytics page was asked for, as its address says it. Links repeat it word for word. */
export interface Selection {
  /** `days`, or `from` and `to`; empty for the default. */
  readonly range: readonly Parameter[];
  /** `resolver` or `unattributed`; empty for everybody. */
  readonly filter: readonly Parameter[];
  /** The operator whose tickets alone are shown; null is Unattributed, undefined everybody. */
  readonly resolvedBy: string | null | undefined;
}

/** What the routes tell of a selection. */
export interface Selected {
  /** Of the operator whose tickets alone are shown; null for everybody, and when the host does not name them. */
  readonly resolverName: string | null;
}

/** The days that the routes take when none are asked for. */
export const defaultDays = "30";

/** Reads the selection of an address that the routes have taken already. */
export function selectionOf({ searchParams }: URL): Selection {
  const range = ["days", "from", "to"].flatMap((name): Parameter[] => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const resolver = searchParams.get("resolver");
  if (resolver !== null) return { range, filter: filterBy(resolver), resolvedBy: resolver };
  const isUnattributed = ["", "1", "true"].includes(searchParams.get("unattributed") ?? "false");
  if (isUnattributed) return { range, filter: filterBy(null), resolvedBy: null };
  return { range, filter: [], resolvedBy: undefined };
}

/** The parameters that narrow a page to one operator; null is Unattributed. */
export function filterBy(resolvedBy: string | null): readonly Parameter[] {
  return resolvedBy === null ? [["unattributed", null]] : [["resolver", resolvedBy]];
}

/** A path with its query, every value percent-encoded. */
export function address(path: string, parameters: readonly Parameter[]): string {
  const query = parameters.map(([name, value]) => (value === null ? name : `${name}=${encode(value)}`));
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

function encode(value: string): string {
  // Half of a surrogate pair would throw; nobody can be asked for by it anyway.
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
