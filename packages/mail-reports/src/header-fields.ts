/** Fields of one block, by name in lower case, each unfolded; the first of a name counts. */
export type HeaderFields = ReadonlyMap<string, string>;

/** What a report may describe one by one: hundreds of recipients, never thousands. */
const maxBlocks = 500;
const maxFieldLength = 4_000;

/**
 * Blocks of fields that blank lines part, as in the body of a `message/delivery-status` (RFC 3464, 2.1). Lines that are no
 * fields are passed over. At most 500 blocks, and 4,000 characters of a field.
 */
export function readBlocks(text: string): readonly HeaderFields[] {
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/, maxBlocks)
    .map(readFields)
    .filter((fields) => fields.size > 0);
}

/** The fields up to the first blank line, as at the head of a mail. Blank lines before them do not count. */
export function readHead(text: string): HeaderFields {
  const [head = ""] = text.replace(/^(?:[ \t]*\r?\n)+/, "").split(/\r?\n[ \t]*\r?\n/, 1);
  return readFields(head);
}

function readFields(block: string): HeaderFields {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]{1,200})[ \t]*:(.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, plainText(value));
  }
  return fields;
}

/** No control character of a stranger gets any further. */
function plainText(value: string): string {
  return value
    .slice(0, maxFieldLength)
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}
