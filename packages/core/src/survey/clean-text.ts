/** Half of a surrogate pair: no character, and what makes encoders throw. */
const loneSurrogates = /\p{Cs}/gu;
/** Control characters, and those format characters that turn the direction of all the text after them. */
const controls = /(?!\s|\u0085)\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const whiteSpace = /[\s\u0085]+/g;
const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
/** Everything that shows nothing; U+2800 is a letter to Unicode and empty to the eye. */
const invisible = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * `text` on one line, safe in a header (S36): line breaks and runs of white space become one space, control characters
 * and direction overrides go, a lone surrogate becomes U+FFFD.
 */
export function oneLine(text: string): string {
  return text.replace(loneSurrogates, "\uFFFD").replace(controls, "").replace(whiteSpace, " ").trim();
}

/** `text` with its lines kept, each ended by "\n" alone; cleaned as by `oneLine`, blank lines at both ends dropped. */
export function manyLines(text: string): string {
  return text
    .replace(loneSurrogates, "\uFFFD")
    .replace(controls, "")
    .split(lineBreak)
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** True when `text` shows nothing at all: empty, white space, control or zero-width characters (S31, S32). */
export function isBlank(text: string): boolean {
  return text.replace(invisible, "") === "";
}

/** True for a text of at most `maxLength` code points. A longer one is not counted to its end. */
export function hasAtMost(text: string, maxLength: number): boolean {
  // Two UTF-16 units make a code point at most.
  if (text.length <= maxLength || text.length > 2 * maxLength) return text.length <= maxLength;
  return Array.from(text).length <= maxLength;
}

/**
 * `oneLine` of a text that outsiders may have made as long as they like, cut as by `cutText`. What lies far behind the
 * cut is not looked at.
 */
export function shortLine({
  text,
  maxLength,
}: {
  readonly text: string;
  readonly maxLength: number;
}): string {
  // Some of it may be white space that goes; half a pair at the end was whole.
  const beginning = text.slice(0, 4 * maxLength + 100).replace(/[\uD800-\uDBFF]$/, "");
  return cutText({ text: oneLine(beginning), maxLength });
}

/**
 * `text`, if it has at most `maxLength` code points; else its beginning and "…", together no longer than that. Never
 * splits what a reader sees as one character, unless that alone is too long. `maxLength` is at least 1.
 */
export function cutText({ text, maxLength }: { readonly text: string; readonly maxLength: number }): string {
  if (hasAtMost(text, maxLength)) return text;
  // This much is enough of the longest text.
  const points = Array.from(text.slice(0, 2 * (maxLength + 1)));
  const kept = points.slice(0, maxLength - 1).join("");
  const next = points[maxLength - 1] ?? "";
  return `${kept.slice(0, lastBoundary(kept, next)).trimEnd()}…`;
}

/** Where the last character that `kept` holds whole ends, when `next` follows it. */
function lastBoundary(kept: string, next: string): number {
  // Some runtimes have no Segmenter; code points are never split there either.
  if (typeof Intl.Segmenter !== "function") return kept.length;
  const starts = Array.from(new Intl.Segmenter().segment(kept + next), ({ index }) => index);
  // A single character of hundreds of combining marks leaves no boundary but the start.
  return starts.findLast((index) => index > 0 && index <= kept.length) ?? kept.length;
}
