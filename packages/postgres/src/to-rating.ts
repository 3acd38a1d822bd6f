import { CsatError, type Rating, ratings } from "@csat/core";
import { number, type Row } from "./row.ts";

/** Reads the column `rating`. @throws CsatError `storage_failed` for a number that is none */
export function toRating(row: Row): Rating {
  const stored = number(row, "rating");
  const rating = ratings.find((known) => known === stored);
  if (rating === undefined) throw new CsatError("storage_failed", `A stored rating is no rating: ${stored}.`);
  return rating;
}
