/** Longest tag that is read, in characters: RFC 5646 (4.4.1) asks for as much, and no language spoken needs more. */
export const maxLocaleLength = 35;

/** Most wanted tags that are looked at; browsers send five or six. */
const maxWanted = 10;

/** Longest language range with its weight: the tag, `;q=0.123` and some white space. */
const maxRangeLength = maxLocaleLength + 20;

/**
 * The language that a host, a browser or a database means: a BCP 47 tag, also in the spellings of POSIX and Java
 * (`pt_BR`, `de_DE.UTF-8`). Null for anything else, and for what is longer than `maxLocaleLength`.
 */
export function readLocale(text: unknown): Intl.Locale | null {
  if (typeof text !== "string") return null;
  const tag = text.trim();
  if (tag === "" || tag.length > maxLocaleLength) return null;
  const [withoutCharset = ""] = tag.split(/[.@]/, 1);
  try {
    const locale = new Intl.Locale(withoutCharset.replaceAll("_", "-"));
    // The usual spelling of an outdated tag may be longer: "sh" is "sr-Latn".
    return locale.toString().length <= maxLocaleLength ? locale : null;
  } catch {
    return null;
  }
}

/**
 * The tag by which `isKnown` knows the first of the `wanted` languages that it knows at all: the whole tag in its usual
 * spelling, else shortened from its end (RFC 4647, 3.4). Null when it knows none. Looks at ten wanted ones.
 */
export function lookUpLocale(wanted: readonly string[], isKnown: (tag: string) => boolean): string | null {
  for (const text of wanted.slice(0, maxWanted)) {
    for (const tag of shorterTags(readLocale(text)?.toString() ?? "")) if (isKnown(tag)) return tag;
  }
  return null;
}

/** A tag, then what is left of it when its parts go one by one: zh-Hant-TW, zh-Hant, zh. Each is made when it is asked for. */
export function* shorterTags(tag: string): Generator<string> {
  for (let end = tag.length; end > 0; end = tag.lastIndexOf("-", end - 1)) yield tag.slice(0, end);
}

/**
 * The languages of an `Accept-Language` header as they are written, dearest first. Refused ones (`q=0`), `*` and what is
 * no range are left out. Reads the first ten ranges; an absent header wants nothing.
 */
export function acceptedLocales(header: string | null): readonly string[] {
  const ranges: { readonly tag: string; readonly weight: number }[] = [];
  let start = 0;
  for (let count = 0; header !== null && start <= header.length && count < maxWanted; count++) {
    const comma = header.indexOf(",", start);
    const end = comma === -1 ? header.length : comma;
    const [, tag, weight = "1"] =
      end - start > maxRangeLength ? [] : (range.exec(header.slice(start, end)) ?? []);
    if (tag !== undefined && Number(weight) > 0) ranges.push({ tag, weight: Number(weight) });
    start = end + 1;
  }
  return ranges.toSorted((one, other) => other.weight - one.weight).map(({ tag }) => tag);
}

// RFC 9110, 12.5.4. Each run of white space is bounded by the length of a range.
const range = /^\s*([a-z\d]+(?:-[a-z\d]+)*)\s*(?:;\s*q\s*=\s*(0?\.\d+|0\.?|1(?:\.0*)?)\s*)?$/i;
