import * as z from "zod/mini";
import { attributeName } from "./survey/attributes.ts";

/** What `createCsat` is told of an attribute of tickets. */
export interface DeclaredAttribute {
  /** True: figures can be cut by it, from the next send on. Default false. */
  readonly slice?: boolean;
}

const mostDeclared = 8;
/** Each is another row to write with every send and answer. */
const mostSliced = 5;

const wrongName =
  "must have a name such as team: lower-case letters, digits and _, at most 40, a letter first";

const declaredSchema = z.strictObject(
  { slice: z._default(z.boolean("must be true or false"), false) },
  "must be an object such as { slice: true }",
);

/** The attributes that a host declares, by name; what is read of them are the names of those to cut figures by. */
export const attributesSchema = z.pipe(
  z.record(z.string(), declaredSchema, "must be an object such as { team: { slice: true } }").check(
    z.check(({ value, issues }) => {
      for (const name of Object.keys(value)) {
        if (attributeName.test(name)) continue;
        issues.push({ code: "custom", path: [name], message: wrongName, input: value });
      }
    }),
    z.refine(
      (declared) => Object.keys(declared).length <= mostDeclared,
      `must be ${mostDeclared} attributes at most`,
    ),
    z.refine(
      (declared) => slicedOf(declared).length <= mostSliced,
      `must say slice: true of ${mostSliced} attributes at most`,
    ),
  ),
  z.transform(slicedOf),
);

function slicedOf(declared: Readonly<Record<string, z.output<typeof declaredSchema>>>): readonly string[] {
  return Object.keys(declared).filter((name) => declared[name]?.slice);
}
