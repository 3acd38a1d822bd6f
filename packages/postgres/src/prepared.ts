import { createHash } from "node:crypto";
import { is, Placeholder, type SQL } from "drizzle-orm";
import { compiled, type Statement } from "./executor.ts";

/** Statements of one storage whose text is made once: the same shape is the same text, under the same name. */
export interface Prepared {
  /** The statement of that shape, with values for its placeholders. `build` is called for a new shape only. */
  statement(shape: string, build: () => SQL, values: Readonly<Record<string, unknown>>): Statement;
}

/**
 * The texts of one storage. Names end in a hash of the text: storages of two schemas, or of two releases, may share a
 * connection, where a name stands for one text. Postgres cuts names at 63 bytes, so the schema's own is not in it.
 */
export function preparedStatements(): Prepared {
  const made = new Map<string, Statement>();
  return {
    statement(shape, build, values) {
      let statement = made.get(shape);
      if (statement === undefined) {
        const { text, values } = compiled(build());
        statement = { text, values, name: nameOf(shape, text) };
        made.set(shape, statement);
      }
      return {
        ...statement,
        values: statement.values.map((value) => (is(value, Placeholder) ? values[value.name] : value)),
      };
    },
  };
}

function nameOf(shape: string, text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 20);
  return `csat_${shape.slice(0, 37)}_${hash}`;
}
