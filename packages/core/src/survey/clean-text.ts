/** `text` on one line: line breaks and runs of white space become one space, control characters go. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "")
    .trim();
}

/** At most `maxLength` code points of `text`; one that was longer ends in "…". */
export function cutText({ text, maxLength }: { readonly text: string; readonly maxLength: number }): string {
  const points = Array.from(text);
  return points.length <= maxLength ? text : `${points.slice(0, maxLength - 1).join("")}…`;
}
