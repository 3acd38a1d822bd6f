import type { Block } from "./code-blocks.ts";
import type { Finding } from "./finding.ts";

/** Says why a JSON block does not parse. */
export function checkJson({ page, line, text }: Block): readonly Finding[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [{ page, line, message: `It is no JSON: ${String(error)}` }];
  }
}
