const longestZone = 64;
const mostRemembered = 1_000;

/**
 * Knows zones by any spelling: the one name that this runtime has for it, or null for what it does not know. Offsets
 * (`+02:00`) are no names: some runtimes take them and some do not. Customers may have typed them, so the answer is what
 * others may keep by: its values are few. Remembers 1,000 spellings, because asking takes a tenth of a millisecond.
 */
export function zoneNames(): (text: unknown) => string | null {
  const known = new Map<string, string | null>();
  return (text) => {
    if (typeof text !== "string" || text.length > longestZone || !/^[a-z]/i.test(text)) return null;
    const remembered = known.get(text);
    if (remembered !== undefined) return remembered;
    const name = zoneName(text);
    if (known.size === mostRemembered) known.clear();
    known.set(text, name);
    return name;
  };
}

function zoneName(text: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
