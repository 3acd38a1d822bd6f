/**
 * A value for one line of a header: CR, LF and every other control character are removed, so that no value can begin a
 * header of its own; halves of broken characters become the replacement character.
 */
export function headerText(value: string): string {
  const wellFormed = Buffer.from(value, "utf8").toString("utf8");
  return wellFormed.replace(/[\p{Cc}\u2028\u2029]/gu, "").trim();
}

/** Something a mail program would decode (RFC 2047) when it stands in a header. */
const encodedWord = /=\?(?=[^\s?]+\?[bq]\?)/gi;

/**
 * A header's text for people to read, a name or a subject. What an outsider wrote to look like an encoded word stays as
 * written: an invisible word joiner inside keeps mail programs from decoding it into line breaks or another name.
 */
export function displayText(value: string): string {
  return headerText(value).replace(encodedWord, "=\u2060?");
}
