import { type SQL, sql } from "drizzle-orm";

/** The advisory lock under which counts are folded or rebuilt, one at a time per schema. */
export function foldLock(schema: string): SQL {
  return sql`hashtextextended(${`csat.fold.${schema}`}::text, 0)`;
}
