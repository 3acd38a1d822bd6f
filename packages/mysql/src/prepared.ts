import { is, Placeholder, type SQL } from "drizzle-orm";
import { compiled, type Statement } from "./executor.ts";

/** Statements of one storage whose text is made once: the same shape is the same text. */
export interface Prepared {
  /** The statement of that shape, with values for its placeholders. `build` is called for a new shape only. */
  statement(shape: string, build: () => SQL, values: Readonly<Record<string, unknown>>): Statement;
}

/** The texts of one storage. A driver prepares each once per connection. */
export function preparedStatements(): Prepared {
  const made = new Map<string, Statement>();
  return {
    statement(shape, build, values) {
      let statement = made.get(shape);
      if (statement === undefined) {
        statement = compiled(build());
        made.set(shape, statement);
      }
      return {
        text: statement.text,
        values: statement.values.map((value) => (is(value, Placeholder) ? values[value.name] : value)),
      };
    },
  };
}
