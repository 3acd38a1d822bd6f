/** Names without an entry on a page: an entry is a heading, or the first cell of a row, that holds the name as code. */
export function missingEntries(page: string, names: readonly string[]): readonly string[] {
  const entries = new Set(
    page
      .split("\n")
      .flatMap((line) => (/^#+ (.*)$/.exec(line) ?? /^\|([^|]*)\|/.exec(line))?.[1] ?? [])
      .flatMap((entry) => Array.from(entry.matchAll(/`([^`]+)`/g), ([, name]) => name)),
  );
  return names.filter((name) => !entries.has(name));
}
