import type { Rating } from "@csat/core";
import { actorIds } from "./history.ts";
import { dayAfter, dayOf, type OracleRange } from "./oracle.ts";
import type { Random } from "./random.ts";

/** A preset, a range of one day to three months around now, or nothing. */
export function aRange(random: Random, now: Date): OracleRange | undefined {
  const kind = random.below(8);
  if (kind === 0) return undefined;
  if (kind <= 3) return { days: random.pick([7, 30, 90]) };
  const to = dayAfter(dayOf(now), random.pick([0, 0, 1, -1, -random.below(40)]));
  return { from: dayAfter(to, -random.pick([0, 0, 1, random.below(12), random.below(90)])), to };
}

/** Everybody, the unattributed, one operator, or somebody who resolved nothing. */
export function aResolver(random: Random): string | null | undefined {
  return random.pick([undefined, undefined, null, random.pick(actorIds), "nobody"]);
}

/** One rating, or all. */
export function aRating(random: Random): Rating | undefined {
  return random.pick([undefined, 1, 2, 3, 4, 5]);
}
