/** One part of a query; a value of null stands as the bare name. */
export type Parameter = readonly [name: string, value: string | null];

/** What an analytics page was asked for, as its address says it. Links repeat it word for word. */
export interface Selection {
  /** `days`, or `from` and `to`; empty for the default. */
  readonly range: readonly Parameter[];
  /** `resolver` or `unattributed`, and `where`; empty for everything. */
  readonly filter: readonly Parameter[];
  /** `where` alone. */
  readonly where: readonly Parameter[];
  /** `by`: the attribute whose values stand side by side; empty for none. */
  readonly by: readonly Parameter[];
  /** The operator whose tickets alone are shown; null is Unattributed, undefined everybody. */
  readonly resolvedBy: string | null | undefined;
}

/** What the routes tell of a selection. */
export interface Selected {
  /** Of the operator whose tickets alone are shown; null for everybody, and when the host does not name them. */
  readonly resolverName: string | null;
  /** True for those who may exclude answers; left out: nobody is offered it. */
  readonly mayExclude?: boolean;
}

/** The days that the routes take when none are asked for. */
export const defaultDays = "30";

/** Reads the selection of an address that the routes have taken already. */
export function selectionOf({ searchParams }: URL): Selection {
  const range = ["days", "from", "to"].flatMap((name): Parameter[] => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const [where, by] = ["where", "by"].map((name): readonly Parameter[] => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  }) as [readonly Parameter[], readonly Parameter[]]; // Two names in, two lists out.
  const resolvedBy = resolverOf(searchParams);
  const resolver = resolvedBy === undefined ? [] : filterBy(resolvedBy);
  return { range, filter: [...resolver, ...where], where, by, resolvedBy };
}

function resolverOf(searchParams: URLSearchParams): string | null | undefined {
  const resolver = searchParams.get("resolver");
  if (resolver !== null) return resolver;
  return ["", "1", "true"].includes(searchParams.get("unattributed") ?? "false") ? null : undefined;
}

/** A selection's value of an attribute, as `where=team:billing` says it; null where it names none. */
export function valueIn({ where: [parameter] }: Selection): {
  readonly attribute: string;
  readonly value: string;
} | null {
  const text = parameter?.[1] ?? "";
  const end = text.indexOf(":");
  return end < 0 ? null : { attribute: text.slice(0, end), value: text.slice(end + 1) };
}

/** The parameter that narrows a page to one value of an attribute. */
export function whereIs(attribute: string, value: string): Parameter {
  return ["where", `${attribute}:${value}`];
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
