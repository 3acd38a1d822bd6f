import type { Store } from "@csat/core";
import { sized } from "@csat-internal/test-support";
import { expect } from "vitest";
import { aLife } from "./a-life.ts";
import { compare } from "./compare.ts";
import { momentsOf } from "./eras.ts";
import type { Tally } from "./facts.ts";
import { live } from "./live.ts";

/** Far ahead of UTC, behind it with summer time, and UTC itself. */
const processZones = ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"] as const;

// From here on a few histories hold everything that happens in some.
const firstSeed = Number(process.env.CSAT_SEED ?? 13);

/** How many histories each storage lives: by the size of the run, or as `CSAT_HISTORIES` says. */
export function historyCount(counts: Parameters<typeof sized<number>>[0]): number {
  return Number(process.env.CSAT_HISTORIES ?? sized(counts));
}

/** Ends what hangs, in milliseconds: a server lives hundreds of histories at full size. */
export const historiesTimeoutMs = sized({ usual: 900_000, full: 4 * 3_600_000 });

/**
 * Lives histories, some at once, and compares every figure in the middle and at the end. Each group lives in one process
 * zone and is read in the next one. Returns what happened in them.
 */
export async function runHistories<Tx>({
  count,
  atOnce,
  storageFor,
}: {
  readonly count: number;
  /** They share a clock and a storage: the more, the fewer statements, and the more rows beside one's own. */
  readonly atOnce: number;
  /** Called for each group. */
  readonly storageFor: () => Store<Tx>;
}): Promise<Tally> {
  const tally: Tally = new Map();
  const zoneBefore = process.env.TZ;
  try {
    for (let first = firstSeed; first < firstSeed + count; first += atOnce) {
      await runGroup({ first, atOnce, storage: storageFor(), tally });
    }
  } finally {
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  }
  return tally;
}

async function runGroup<Tx>({
  first,
  atOnce,
  storage,
  tally,
}: {
  readonly first: number;
  readonly atOnce: number;
  readonly storage: Store<Tx>;
  readonly tally: Tally;
}): Promise<void> {
  const group = Math.floor(first / atOnce);
  const seeds = Array.from({ length: atOnce }, (_, place) => first + place);
  const moments = momentsOf(first);
  moveTo(group);
  const life = await aLife({ storage, seeds, startsAt: moments[0] ?? new Date(0), tally });
  const found: string[] = [];
  for (const [place, moment] of moments.entries()) {
    await live(life, moment);
    if (place !== Math.floor(moments.length / 2) && place !== moments.length - 1) continue;
    moveTo(group + 1);
    for (const history of life.histories) found.push(...(await compare(life, history)));
    moveTo(group);
  }
  expect(found, `repeat these with CSAT_SEED=${first} CSAT_HISTORIES=${atOnce}`).toEqual([]);
}

/** Node takes a new TZ at once; that it did is checked by what a local hour is. */
function moveTo(group: number): void {
  const zone = processZones[group % processZones.length] ?? "UTC";
  process.env.TZ = zone;
  expect(new Date(Date.UTC(2026, 0, 1, 12)).getHours(), `noon in UTC seen from ${zone}`).toBe(
    { "Pacific/Kiritimati": 2, "America/Los_Angeles": 4, UTC: 12 }[zone],
  );
}
