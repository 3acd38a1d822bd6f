import { isCsatError } from "./errors.ts";
import { cutText, oneLine } from "./survey/clean-text.ts";

// Where drivers and ORMs keep the error that they wrapped: drizzle and Node, Sequelize, TypeORM and others, Prisma, and
// a connection that was tried at several addresses.
const wrappers = [
  "cause",
  "original",
  "parent",
  "driverError",
  "meta",
  "driverAdapterError",
  "errors",
  "0",
] as const;
const mostLookedAt = 20;

/** An error and what it wraps, however deep, from the outside inwards; each once, 20 at most. */
export function errorsWithin(error: unknown): readonly object[] {
  const found = new Set<object>();
  const add = (value: unknown) => {
    if (typeof value === "object" && value !== null && found.size < mostLookedAt) found.add(value);
  };
  add(error);
  // A set that grows is walked to its end: what is added comes up, once.
  for (const one of found) for (const name of wrappers) add(fieldOf(one, name));
  return [...found];
}

/** A field of anything; undefined where there is none, and where reading it throws. */
export function fieldOf(value: unknown, name: string): unknown {
  try {
    return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

/** True when all of these are methods of it. `Handle` is what no more than these is used of. */
export function hasMethods<Handle extends object = object>(
  value: unknown,
  ...names: readonly string[]
): value is Handle {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === "function");
}

// Five characters alone are no SQLSTATE: EPIPE is the system's, P2010 is Prisma's. The classes that begin with a letter.
const sqlStatePattern = /^(?:\d[\dA-Z]|F0|HV|P0|XX)[\dA-Z]{3}$/;
const codePattern = /^[A-Za-z][\w.-]{0,59}$/;

/** The SQLSTATE of a database's error, also of one that an ORM or a driver wrapped; null when there is none. */
export function sqlState(error: unknown): string | null {
  for (const code of codesOf(error)) if (sqlStatePattern.test(code)) return code;
  return null;
}

/** The code of an error, or of what it wraps: the SQLSTATE, else the outermost such as `ECONNREFUSED`; null without one. */
export function errorCode(error: unknown): string | null {
  return sqlState(error) ?? codesOf(error).find((code) => codePattern.test(code)) ?? null;
}

/** Codes from the outside inwards; `sqlState` is what some drivers of MySQL call theirs, `originalCode` those of Prisma. CsatErrors are none of the host's. */
function codesOf(error: unknown): readonly string[] {
  return errorsWithin(error)
    .filter((one) => !isCsatError(one))
    .flatMap((one) => ["sqlState", "code", "originalCode"].map((name) => fieldOf(one, name)))
    .filter((code) => typeof code === "string");
}

/**
 * What may be stored and shown of any error: its name and code, `Error (ECONNREFUSED)`. Of a CsatError its code, that of
 * its cause, and what an answer had wrong.
 */
export function errorKind(error: unknown): string {
  if (isCsatError(error, "invalid_answer")) return `${error.code}: ${error.message}`;
  const name = isCsatError(error) ? error.code : errorName(error);
  const code = errorCode(error);
  return code === null ? name : `${name} (${code})`;
}

/**
 * What may be logged of any error: its kind, and without a code its first words,
 * `TypeError: Cannot read properties of undefined`. Words of others may hold addresses, tokens and values, so they end
 * before the first mark, number or word that may be one.
 */
export function errorInWords(error: unknown): string {
  const kind = errorKind(error);
  const words = isCsatError(error) || errorCode(error) !== null ? "" : errorWords(error);
  return words === "" ? kind : `${kind}: ${words}`;
}

/** The name of an error; the type of what is none. */
export function errorName(error: unknown): string {
  if (typeof error !== "object" || error === null) return error === null ? "null" : typeof error;
  const name = fieldOf(error, "name");
  return typeof name === "string" && codePattern.test(name) ? name : "Error";
}

const mostWords = 10;
const longestWord = 20;

/** The first words of what an error says of itself, as far as they are plain words; empty when it begins otherwise. */
export function errorWords(error: unknown): string {
  const message = fieldOf(error, "message");
  if (typeof message !== "string") return "";
  const plain: string[] = [];
  for (const word of oneLine(message.slice(0, 400)).split(" ")) {
    // What stands behind a mark is a value as a rule; a word without it may end the sentence.
    const [, letters = "", mark = ""] = /^(\p{L}[\p{L}'’-]*)?(.*)$/u.exec(word) ?? [];
    if (letters === "" || letters.length > longestWord || !/^[,.;:!]?$/.test(mark)) break;
    plain.push(letters);
    if (mark !== "" && mark !== ",") break;
    if (plain.length === mostWords) break;
  }
  return plain.join(" ");
}

// More than this of a stranger's text is not worth keeping.
const maxForeignLength = 200;

/**
 * A text of a mail server, a receiver or an adapter, fit to be stored and logged: one line without control characters
 * and broken Unicode, 200 characters at most, addresses replaced. Empty for what is no text.
 */
export function foreignText(text: unknown): string {
  if (typeof text !== "string") return "";
  const line = oneLine(text.slice(0, 4 * maxForeignLength)).replace(
    /(?:"[^"]*"|[^\s<>"]+)@[^\s<>"]+/g,
    "(address)",
  );
  return cutText({ text: line, maxLength: maxForeignLength });
}
