import type { Metrics } from "@csat/core";
import { daysOf } from "./oracle.ts";

/** What must hold of any answer, whatever was counted: S44 and S47. Empty when all of it does. */
export function brokenInvariants({
  current,
  previous,
  daily,
  byResolver,
  bySlice,
}: Metrics): readonly string[] {
  const broken: string[] = [];
  for (const [name, { distribution, responses }] of Object.entries({ current, previous })) {
    if (Object.keys(distribution).join() !== "1,2,3,4,5") broken.push(`${name}: the distribution's keys`);
    if (sumOf(Object.values(distribution)) !== responses) broken.push(`${name}: the distribution's sum`);
  }
  const days = daysOf({ from: current.from, to: current.to }, new Date(0));
  if (daily.map(({ day }) => day).join() !== days.join()) broken.push("the days of the trend");
  if (sumOf(daily.map(({ responses }) => responses)) !== current.responses)
    broken.push("the trend's responses");
  if (sumOf(daily.map(({ sent }) => sent)) !== current.sent) broken.push("the trend's sends");
  if (daily.some(({ responses, averageRating }) => (responses === 0) !== (averageRating === null)))
    broken.push("averages of empty days");
  if (sumOf(byResolver.map(({ responses }) => responses)) !== current.responses)
    broken.push("operators' sum");
  if (new Set(byResolver.map(({ actorId }) => actorId)).size !== byResolver.length)
    broken.push("an operator twice");
  for (const of of ["sent", "responses"] as const) {
    const sum = sumOf(bySlice?.groups.map((group) => group[of]) ?? []);
    if (bySlice?.overlap === false && sum !== current[of]) broken.push(`the values' ${of}`);
    if (bySlice?.overlap === true && sum < current[of]) broken.push(`the overlapping values' ${of}`);
  }
  return broken;
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
