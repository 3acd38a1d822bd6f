/** What admins may write between double braces. */
export const placeholderNames = [
  "customer_name",
  "ticket_subject",
  "workspace_name",
  "operator_name",
] as const;

/** One of the four. */
export type PlaceholderName = (typeof placeholderNames)[number];

/** A value for each placeholder, not yet escaped. */
export type PlaceholderValues = Readonly<Record<PlaceholderName, string>>;

// Neither brace inside, so that no two attempts read the same character: linear time on any input.
const placeholder = /\{\{([^{}]*)\}\}/g;

/** The names in double braces that are no placeholders, each once, in the order of the text; empty when all are known. */
export function findUnknownPlaceholders(template: string): readonly string[] {
  const names = Array.from(template.matchAll(placeholder), (match) => (match[1] ?? "").trim());
  return [...new Set(names)].filter((name) => !isPlaceholderName(name));
}

/**
 * `template` with every known placeholder replaced by its value, through `escape`, in one pass: what a value holds is
 * never read again. An unknown one stays as it is written (S35). `escape` is not applied to the template's own text.
 */
export function fillPlaceholders({
  template,
  values,
  escape,
}: {
  readonly template: string;
  readonly values: PlaceholderValues;
  readonly escape: (value: string) => string;
}): string {
  return template.replace(placeholder, (written, inner: string) => {
    const name = inner.trim();
    return isPlaceholderName(name) ? escape(values[name]) : written;
  });
}

function isPlaceholderName(name: string): name is PlaceholderName {
  return placeholderNames.some((known) => known === name);
}
