import { CsatError, type CsatIssue } from "@csat/core";
import { checkName, maxFields, tooManyFields } from "./field-limits.ts";

/**
 * The fields of a flat JSON object. A field may have any name, `__proto__` included: it is only a key of the map.
 * @throws CsatError `invalid_input` for anything else: no JSON, an array, nested values, a name given twice, too many fields
 */
export function parseJsonFields(text: string): ReadonlyMap<string, unknown> {
  const names = countNames(text);
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CsatError("invalid_input", "The body must be one JSON object.");
  }
  const fields = Object.entries(value);
  for (const [path, field] of fields) {
    checkName(path);
    if (typeof field !== "object" || field === null) continue;
    throw nested([{ path, message: "must be a single value, no list and no object" }]);
  }
  // JSON.parse keeps the last of two equal names; which one the client meant is anybody's guess.
  if (names !== fields.length) {
    throw new CsatError("invalid_input", "The body gives a field twice. Send each field once.");
  }
  return new Map(fields);
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
function countNames(text: string): number {
  let [names, depth, isInString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') isInString = !isInString;
    else if (isInString) index += character === "\\" ? 1 : 0;
    else if (character === ":" && ++names > maxFields) throw tooManyFields();
    else if ((character === "[" || character === "{") && ++depth > maxDepth) throw nested([]);
    else if (character === "]" || character === "}") depth--;
  }
  return names;
}

function nested(issues: readonly CsatIssue[]): CsatError {
  return new CsatError("invalid_input", "The body holds a nested value.", { issues });
}
