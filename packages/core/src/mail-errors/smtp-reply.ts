/** A refusal by a mail server: a reply of the classes 4 and 5. */
export interface SmtpReply {
  /** 400 to 599. */
  readonly code: number;
  /** The enhanced status code (RFC 3463) of the same class, `5.1.1`; null when there is none. */
  readonly enhanced: string | null;
  /** The server's words in lower case without anything that looks like an address, for deciding only: never show them. */
  readonly words: string;
}

/** Servers may send up to a megabyte; the reason stands at the beginning. */
const readLength = 2_000;

/** Reads a reply of one or more lines; null when it is no refusal. */
export function readReply(response: unknown): SmtpReply | null {
  if (typeof response !== "string") return null;
  const [, code, text] = /^([45]\d\d)(?:[ -]([\s\S]*))?$/.exec(response.slice(0, readLength)) ?? [];
  if (code === undefined) return null;
  return {
    code: Number(code),
    enhanced: enhancedCode({ code, text: text ?? "" }),
    words: wordsWithoutAddresses(text ?? ""),
  };
}

/** Stands right behind the code; qmail writes it as `(#5.7.1)` somewhere in the text. */
function enhancedCode({ code, text }: { readonly code: string; readonly text: string }): string | null {
  const found = /^(\d\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? /\(#(\d\.\d{1,3}\.\d{1,3})\)/.exec(text)?.[1];
  return found?.[0] === code[0] ? (found ?? null) : null;
}

/** A text in lower case, its first 2,000 characters. An address may hold any word, `relay@`, and must not decide its own fate. */
export function wordsWithoutAddresses(text: string): string {
  const words = text.slice(0, readLength).toLowerCase();
  return words.replace(/<[^<>]*>|\S*@\S*/g, " ").replace(/\s+/g, " ");
}
