import { type Random, randomFrom } from "./random.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

// Summer time begins and ends, years end, February has 28 days or 29, centuries turn.
const starts: readonly [string, ...string[]] = [
  "2026-03-04",
  "2026-03-27",
  "2026-10-22",
  "2026-12-24",
  "2028-02-22",
  "2027-02-21",
  "2100-02-20",
  "1999-12-22",
  "2026-06-15",
];

// Midnight in UTC, Tokyo, Kiritimati, and Los Angeles in winter and summer.
const midnightHours: readonly [number, ...number[]] = [0, 0, 0, 15, 10, 8, 7];

/** The moments at which something happens: ascending, over some weeks, many within a millisecond of a midnight. */
export function momentsOf(seed: number): readonly Date[] {
  const random = randomFrom("moments", seed);
  let nowMs = Date.parse(`${random.pick(starts)}T00:00:00.000Z`) + random.below(dayMs);
  return Array.from({ length: 16 }, () => {
    nowMs = random.chance(0.55) ? nearMidnight(nowMs, random) : nowMs + hourMs + random.below(3 * dayMs);
    return new Date(nowMs);
  });
}

function nearMidnight(nowMs: number, random: Random): number {
  const hour = random.pick(midnightHours) * hourMs;
  const next = (Math.floor((nowMs - hour) / dayMs) + 1) * dayMs + hour;
  return Math.max(next + random.pick([-1, 0, 1]), nowMs + 1);
}
