import { base } from "./base.ts";
import { tokens } from "./tokens.ts";

/** The style sheet of all views. Its rules touch nothing outside elements of the class `csat`. */
export const stylesheet = [tokens, base].join("\n");
