/** What admins may write between double braces. */
export const placeholderNames = [
  "customer_name",
  "ticket_subject",
  "workspace_name",
  "operator_name",
] as const;

/** One of the four. */
export type PlaceholderName = (typeof placeholderNames)[number];

/** A text for each placeholder, not escaped. */
export type PlaceholderValues = Readonly<Record<PlaceholderName, string>>;

/** What to fill in, and how. */
export interface Filling {
  readonly template: string;
  readonly values: PlaceholderValues;
  /** Applied to each value for the place where it will stand; the template's own text is left alone. */
  readonly escape: (value: string) => string;
}

// On one line and without braces inside, so that no character is tried twice: linear time on any input.
const placeholder = /\{\{([^{}\n\v\f\r\u0085\u2028\u2029]*)\}\}/g;

/**
 * What stands in double braces and will not be filled, each once, as it comes; empty when all is known. Also what could
 * never be a name, such as one with a brace or a line end in it: the admin meant a placeholder. White space around a
 * name does not count. Linear time.
 */
export function findUnknownPlaceholders(template: string): readonly string[] {
  const unknown = new Set<string>();
  // Known ones become a space, so that what is left around them cannot close up to another.
  const rest = template.replace(placeholder, (written: string, inner: string) =>
    isPlaceholderName(inner.trim()) ? " " : written,
  );
  let start = rest.indexOf("{{");
  while (start !== -1) {
    const end = rest.indexOf("}}", start + 2);
    if (end === -1) break;
    unknown.add(
      rest
        .slice(start + 2, end)
        .replace(/^\{+/, "")
        .trim(),
    );
    start = rest.indexOf("{{", end + 2);
  }
  return [...unknown];
}

/**
 * `template` with its placeholders replaced by their values, in one pass: what a value holds is never read again
 * (S34). An unknown one stays as it is written (S35).
 */
export function fillPlaceholders(filling: Filling): string {
  // A function, for in a replacement string "$&" would be read as an instruction.
  return filling.template.replace(placeholder, (written: string, inner: string) => {
    const name = inner.trim();
    return isPlaceholderName(name) ? filling.escape(filling.values[name]) : written;
  });
}

function isPlaceholderName(name: string): name is PlaceholderName {
  return placeholderNames.some((known) => known === name);
}
