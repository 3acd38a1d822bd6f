// `npm run bench:chaos`: what trouble costs. Two workers send surveys while something goes wrong; the quiet run comes first.
import { parseArgs } from "node:util";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { answersOfHeldTickets } from "./chaos-answers.ts";
import { troubles } from "./chaos-troubles.ts";
import { inChaos } from "./chaos-world.ts";
import { machineLine } from "./machine.ts";

const { values } = parseArgs({
  options: { small: { type: "boolean", default: false }, only: { type: "string" } },
});
const only = values.only === undefined ? null : new Set(values.only.split(","));
const surveys = values.small ? 60 : 400;
const print = (line: string) => void process.stdout.write(`${line}\n`);

const server = await startPrivatePostgres({ survivesCrash: true });
try {
  print(`${await machineLine(server)}; ${surveys} surveys, two workers of 10 places, a lease of 5 s\n`);
  print(
    "| trouble | lost | twice | repeated under the same Message-ID | surveys a second | of the quiet run |",
  );
  print("| --- | --- | --- | --- | --- | --- |");
  let quiet = Number.NaN;
  for (const { id, title, make } of troubles) {
    if (only !== null && id !== "quiet" && !only.has(id)) continue;
    const figures = await inChaos(server, surveys, make);
    if (id === "quiet") quiet = figures.surveysPerSecond;
    const part = (figures.surveysPerSecond / quiet).toFixed(2);
    const { lost, twice, repeated, surveysPerSecond } = figures;
    print(`| ${title} | ${lost} | ${twice} | ${repeated} | ${surveysPerSecond.toFixed(1)} | ${part} |`);
  }
  const { quietP99Ms, heldP99Ms, lost } = await answersOfHeldTickets(server, values.small ? 20 : 100);
  print(
    `\nAnswers to tickets that a transaction of the host holds for a second: p99 ${heldP99Ms.toFixed(0)} ms ` +
      `(${quietP99Ms.toFixed(0)} ms while nothing holds them), ${lost} lost.`,
  );
} finally {
  await server.stop();
}
