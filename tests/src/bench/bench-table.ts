import type { BenchPath, Goal, Measured } from "./bench-path.ts";
import { median } from "./measure.ts";

/** The head of the table, in Markdown. */
export const tableHead = [
  "| path | raw side | ours | raw | ratio (rounds from – to) | goal | |",
  "| --- | --- | --- | --- | --- | --- | --- |",
].join("\n");

/** A path's line in it. */
export function tableLine({ title, rawSide, unit, goal }: BenchPath, { rounds }: Measured): string {
  const ours = rounds.map((round) => round.ours);
  const raw = rounds.flatMap((round) => (round.raw === null ? [] : [round.raw]));
  const ratios = rounds.flatMap((round) => (round.raw === null ? [] : [round.ours / round.raw]));
  const judged = goal.of === "ratio" ? ratios : ours;
  const withUnit = (values: readonly number[]) =>
    values.length === 0 ? "–" : `${short(median(values))} ${unit}`;
  const range = `${short(Math.min(...judged))} – ${short(Math.max(...judged))}`;
  const seen = goal.of === "ratio" ? `${short(median(ratios))} (${range})` : `(${range})`;
  const verdict = isMet(goal, median(judged)) ? "met" : "**missed**";
  return `| ${title} | ${rawSide ?? "–"} | ${withUnit(ours)} | ${withUnit(raw)} | ${seen} | ${inWords(goal, unit)} | ${verdict} |`;
}

function isMet(goal: Goal, value: number): boolean {
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

function inWords(goal: Goal, unit: string): string {
  const bound = "atMost" in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return goal.of === "ratio" ? `${bound} ×` : `${bound} ${unit}`;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
