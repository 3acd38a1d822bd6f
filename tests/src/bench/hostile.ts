// What the worst of many hostile requests costs, as a multiple of the same request without what makes it hostile.
import { parseArgs } from "node:util";
import { hostileRequests } from "./hostile-requests.ts";
import { hostileWorld } from "./hostile-world.ts";
import { millisecondsOf } from "./measure.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "15" }, show: { type: "string", default: "10" } },
});
const [rounds = 15, show = 10] = [values.rounds, values.show].map(Number);
if (![rounds, show].every((value) => Number.isSafeInteger(value) && value >= 1)) {
  throw new Error("--rounds and --show are whole numbers from 1 on.");
}

const goal = 20;
const { handle, token } = await hostileWorld();

/** Whatever the handler does, its answer read to the end; the request is made before. */
function costOf(make: () => Request): () => Promise<number> {
  return () => {
    const request = make();
    return millisecondsOf(async () => (await handle(request)).text());
  };
}

/** The fastest of several turns, which no other process disturbed; the ways take turns. */
async function fastest(ways: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
  const best = ways.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, way] of ways.entries()) best[index] = Math.min(best[index] ?? 0, await way());
  }
  return best;
}

const requests = hostileRequests(token);
const measured: {
  readonly name: string;
  readonly ratio: number;
  readonly ms: number;
  readonly emptyMs: number;
}[] = [];
for (const { name, hostile, empty } of requests) {
  const [ms = 0, emptyMs = 0] = await fastest([costOf(hostile), costOf(empty)]);
  measured.push({ name, ms, emptyMs, ratio: ms / emptyMs });
}
const worst = measured.toSorted((one, other) => other.ratio - one.ratio).slice(0, show);
const [first] = worst;
const lines = [
  `${measured.length} hostile requests, the fastest of ${rounds} each, against the same request without`,
  ...worst.map(
    ({ name, ratio, ms, emptyMs }) =>
      `${ratio.toFixed(1)} × (${ms.toFixed(2)} ms, without ${emptyMs.toFixed(2)} ms): ${name}`,
  ),
  `worst ${first?.ratio.toFixed(1)} × (goal ${goal}: ${(first?.ratio ?? 0) <= goal ? "met" : "MISSED"})`,
];
process.stdout.write(`${lines.join("\n")}\n`);
