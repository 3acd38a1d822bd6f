import { type CountDelta, ofCountRow } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { number, type Row } from "../row.ts";

/** The columns of the figures that rows tell, as `CountRow` calls them and in its order. */
export const figures = {
  sent: "sent",
  answered: "answered",
  r1: "rating_1",
  r2: "rating_2",
  r3: "rating_3",
  r4: "rating_4",
  r5: "rating_5",
} as const;

/** The columns of all figures. */
export const allFigures = { ...figures, notAsked: "not_asked" } as const;

/** Adds up the figures of a group. */
export function summed(columns: Readonly<Record<string, string>>): SQL {
  return sql.raw(
    Object.entries(columns)
      .map(([name, column]) => `sum(${column}) as ${name}`)
      .join(", "),
  );
}

/** Reads figures, and the day, resolver and part that they are of where a row has them. */
export function toCounts(row: Row): CountDelta {
  const figure = (name: string) => number(row, name);
  const name = (value: unknown) => (typeof value === "string" ? value : "");
  return ofCountRow({
    day: name(row.day),
    resolvedBy: name(row.actor),
    part: name(row.part),
    sent: figure("sent"),
    answered: figure("answered"),
    r1: figure("r1"),
    r2: figure("r2"),
    r3: figure("r3"),
    r4: figure("r4"),
    r5: figure("r5"),
    notAsked: row.notAsked === undefined ? 0 : figure("notAsked"),
  });
}
