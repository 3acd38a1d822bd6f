import { type SQL, sql } from "drizzle-orm";
import { idType, longTextType, type Server } from "./naming.ts";

/** What a field of a row of JSON is read as. */
export type FieldType = "id" | "part" | "text" | "time" | "integer" | "date";

/** Any number of rows as a table to join, called `x`: they travel as one parameter, a JSON text, and keep their order. */
export type Input = (json: unknown, fields: Readonly<Record<string, FieldType>>) => SQL;

/** What the two servers write differently. */
export interface Dialect {
  readonly input: Input;
  /** Locks rows against writers, not against others who lock them so; passes over those that a writer has locked. */
  readonly sharedIfFree: SQL;
}

/** What that server writes. */
export function dialectOf(server: Server): Dialect {
  const words = server === "mariadb" ? "lock in share mode skip locked" : "for share skip locked";
  return { input: inputOf(server), sharedIfFree: sql.raw(words) };
}

/**
 * Rows of JSON on that server. `x.o` is their place. Types are written out: what MySQL and MariaDB make of none depends
 * on the connection.
 */
function inputOf(server: Server): Input {
  const types: Readonly<Record<FieldType, string>> = {
    id: idType(server, 255),
    part: idType(server, 355),
    text: longTextType,
    time: "datetime(3)",
    integer: "bigint",
    date: "date",
  };
  return (json, fields) => {
    const columns = Object.entries(fields).map(([name, type]) => `${name} ${types[type]} path '$.${name}'`);
    return sql`json_table(${json}, '$[*]' columns (o for ordinality, ${sql.raw(columns.join(", "))})) x`;
  };
}
