import { CsatError } from "@csat/core";

/**
 * The fields of a flat JSON object. A field may have any name, `__proto__` included: it is only a key of the map.
 * @throws CsatError `invalid_input` for anything else: no JSON, an array, nested values, a name given twice
 */
export function parseJsonFields(text: string): ReadonlyMap<string, unknown> {
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CsatError("invalid_input", "The body must be one JSON object.");
  }
  const fields = Object.entries(value);
  for (const [path, field] of fields) {
    if (typeof field !== "object" || field === null) continue;
    throw new CsatError("invalid_input", "The body holds a nested value.", {
      issues: [{ path, message: "must be a single value, no list and no object" }],
    });
  }
  // JSON.parse keeps the last of two equal names; which one the client meant is anybody's guess.
  if (countNames(text) !== fields.length) {
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

// In valid JSON a quote outside a string starts one, so that consuming whole strings finds every name.
function countNames(validJson: string): number {
  const strings = validJson.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/gs);
  return Array.from(strings).filter(([, colon]) => colon === ":").length;
}
