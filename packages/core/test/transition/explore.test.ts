import { beforeAll, expect, test } from "vitest";
import { statusOf } from "./consequence-rules.ts";
import { edgeRules } from "./edge-rules.ts";
import { type Edge, explore, type Node, pathTo } from "./explore.ts";
import { nodeRules } from "./node-rules.ts";

// Every state of a ticket that two event times, two actors and an automation, two workers and one customer can bring
// about, and every event in each of them. `canonical` says why they are finitely many.

/** The shortest way to break each rule. */
const broken = new Map<string, string>();
const statuses = new Set<string>();
const outcomes = new Set<string>();
let size: ReturnType<typeof explore>;

beforeAll(() => {
  size = explore(visit, follow);
});

const rulesOfNodes = Object.entries(nodeRules);
const rulesOfEdges = Object.entries(edgeRules);

function visit(node: Node): void {
  statuses.add(statusOf(node.state));
  for (const [rule, holds] of rulesOfNodes)
    if (!broken.has(rule) && !holds(node)) broken.set(rule, pathTo(node).join(", "));
}

function follow(edge: Edge): void {
  outcomes.add(`${edge.event.kind}: ${edge.outcome.kind}`);
  for (const [rule, holds] of rulesOfEdges)
    if (!broken.has(rule) && !holds(edge)) broken.set(rule, [...pathTo(edge.node), edge.words].join(", "));
}

// S1, S3, S4, S5, S6, S10, S11, S12, S15, S16, S17, S19, S20, S24, S25, S41, S46, S56, S62, S64, S76, S81, S82
test.each([...Object.keys(nodeRules), ...Object.keys(edgeRules)])("%s", (rule) => {
  expect(broken.get(rule)).toBeUndefined();
});

test("there are 30,103 states, and 2,016,901 events were told to them", () => {
  process.stdout.write(`transition explored: ${size.states} states, ${size.transitions} transitions\n`);
  expect(size).toEqual({ states: 30_103, transitions: 2_016_901 });
});

test("every status is reached", () => {
  expect([...statuses].toSorted()).toEqual([
    "answered",
    "canceled",
    "erased",
    "failed",
    "no survey",
    "scheduled",
    "sending",
    "sent",
    "skipped",
  ]);
});

test("every outcome of every event is reached", () => {
  expect([...outcomes].toSorted()).toEqual([
    "accepted: answered",
    "accepted: lost",
    "accepted: sent",
    "answered: duplicate",
    "answered: recorded",
    "answered: unknown_token",
    "answered_elsewhere: duplicate",
    "answered_elsewhere: recorded",
    "answered_elsewhere: unknown_token",
    "begun: begun",
    "begun: canceled",
    "begun: failed",
    "begun: lost",
    "erased: erased",
    "excluded: excluded",
    "excluded: not_answered",
    "excluded: nothing_to_do",
    "failed: answered",
    "failed: canceled",
    "failed: failed",
    "failed: lost",
    "failed: rearmed",
    "failed: scheduled",
    "gave_up: failed",
    "gave_up: lost",
    "issued: issued",
    "issued: not_issued",
    "left: canceled",
    "left: nothing_pending",
    "left: too_late",
    "left_out: left_out",
    "left_out: too_late",
    "let_in: let_in",
    "put_off: canceled",
    "put_off: failed",
    "put_off: lost",
    "put_off: scheduled",
    "reported: bounced",
    "reported: complained",
    "reported: noted",
    "reported: repeated",
    "reported: unknown",
    "resolved: not_surveyed",
    "resolved: scheduled",
    "restored: not_answered",
    "restored: nothing_to_do",
    "restored: restored",
    "retried: not_failed",
    "retried: scheduled",
    "skipped: failed",
    "skipped: lost",
    "skipped: rearmed",
    "skipped: skipped",
  ]);
});
