import { CsatError, type CsatIssue } from "@csat/core";
import { checkName, maxFields, tooManyFields } from "./field-limits.ts";

/** A field that may hold a list, whose items are single values or flat objects of four fields at most. */
export interface JsonList {
  readonly name: string;
  /** Most items. */
  readonly most: number;
}

const fieldsOfItem = 4;

/**
 * The fields of a flat JSON object. A field may have any name, `__proto__` included: it is only a key of the map.
 * @throws CsatError `invalid_input` for anything else: no JSON, an array, nested values but for `list`, a name given twice, too many fields
 */
export function parseJsonFields(text: string, list?: JsonList): ReadonlyMap<string, unknown> {
  const names = countNames(text, maxFields + (list === undefined ? 0 : list.most * fieldsOfItem));
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CsatError("invalid_input", "The body must be one JSON object.");
  }
  const fields = Object.entries(value);
  let known = fields.length;
  for (const [path, field] of fields) {
    checkName(path);
    if (typeof field !== "object" || field === null) continue;
    if (path === list?.name && Array.isArray(field)) {
      known += namesInList(field, list);
      continue;
    }
    throw nested([{ path, message: "must be a single value, no list and no object" }]);
  }
  // JSON.parse keeps the last of two equal names; which one the client meant is anybody's guess.
  if (names !== known) {
    throw new CsatError("invalid_input", "The body gives a field twice. Send each field once.");
  }
  return new Map(fields);
}

/** How many names its items have. @throws CsatError `invalid_input` for too many items, and for nested ones */
function namesInList(items: readonly unknown[], { name, most }: JsonList): number {
  if (items.length > most)
    throw new CsatError(
      "invalid_input",
      `The body's ${name} are ${items.length}; ${most} are the most of a call.`,
      {
        issues: [{ path: name, message: `must be ${most} at most` }],
      },
    );
  let names = 0;
  for (const [place, item] of items.entries()) {
    if (typeof item !== "object" || item === null) continue;
    const values = Object.values(item);
    if (Array.isArray(item) || values.some((value) => typeof value === "object" && value !== null))
      throw nested([{ path: `${name}.${place}`, message: "must be a single value or a flat object" }]);
    names += values.length;
  }
  return names;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, and with it the customer's comment.
    throw new CsatError("invalid_input", "The body is not valid JSON.");
  }
}

// Deep enough to name the field that holds a list of objects.
const maxDepth = 4;

/**
 * How many names valid JSON gives at whatever depth: its colons outside strings. Stops, before anything is made of it,
 * at what is no body of ours. @throws CsatError `invalid_input`
 */
function countNames(text: string, most: number): number {
  let [names, depth, isInString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') isInString = !isInString;
    else if (isInString) index += character === "\\" ? 1 : 0;
    else if (character === ":" && ++names > most) throw tooManyFields();
    else if ((character === "[" || character === "{") && ++depth > maxDepth) throw nested([]);
    else if (character === "]" || character === "}") depth--;
  }
  return names;
}

function nested(issues: readonly CsatIssue[]): CsatError {
  return new CsatError("invalid_input", "The body holds a nested value.", { issues });
}
