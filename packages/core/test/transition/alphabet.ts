import { names } from "./words.ts";

type Name = (typeof names)[number];

const times = [0, 20];
const workers = ["A", "B"];

const byHost: readonly Name[] = ["reopened", "closed", "merged"];
const byActor: readonly Name[] = ["resolved", "unasked", "unsampled"];
const byNobody: readonly Name[] = [
  "answered",
  "erased",
  "retried",
  "retried all",
  "phoned",
  "issued",
  "left out",
  "let in",
  "excluded",
  "restored",
  "bounced",
  "delayed",
  "complained",
];
const withFacts: readonly Name[] = ["issued off", "issued open"];
const byWorker = names.filter((name) => ![...byHost, ...byActor, ...byNobody, ...withFacts].includes(name));

/** Everything that is told to every state: two event times, two actors and an automation, two workers, one customer. */
export const alphabet: readonly string[] = [
  ...times.flatMap((time) => [`resolved ${time} by ada`, `resolved ${time} by bob`, `resolved ${time}`]),
  ...times.map((time) => `unasked ${time} by ada`),
  "unsampled 20 by bob",
  // The transition copies the reason of a leaving: two of the three show that.
  ...times.map((time) => `reopened ${time}`),
  "closed 20",
  ...workers.flatMap((worker) => byWorker.map((name) => `${name} ${worker}`)),
  ...byWorker.map((name) => `${name} A of old`),
  ...workers.map((worker) => `skipped ${worker} who knew 20`),
  ...byNobody,
  // What a no takes from the facts is one path: one of its two reasons, with and without a resolution.
  "issued 0 by ada",
  "issued 20 by bob",
  "issued off",
  "issued off 20 by ada",
];
