// What the dashboard costs beyond its figures: the time to draw it, and what goes over the wire in its one request.
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { csatViews } from "@csat/ui";
import { largeDashboard } from "./large-dashboard.ts";
import { alternating, millisecondsOf } from "./measure.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "90" },
    operators: { type: "string", default: "128" },
    rounds: { type: "string", default: "50" },
  },
});
const [days, operators, rounds] = [values.days, values.operators, values.rounds].map(Number);
if (![days, operators, rounds].every((value) => Number.isSafeInteger(value) && Number(value) >= 1)) {
  throw new Error("--days, --operators and --rounds are whole numbers from 1 on.");
}

const goalMs = 25;
const goalKb = 60;
const goal = (isMet: boolean) => (isMet ? "met" : "MISSED");

const dashboard = await largeDashboard({ days: days ?? 90, operators: operators ?? 128 });
const views = csatViews({ basePath: "/csat", now: () => dashboard.now });
const request = new Request(`https://help.example.com/csat/api/analytics?${dashboard.query}`);
const draw = async () => (await views.render("analytics", dashboard.data, request)).text();

const [median = 0] = await alternating(rounds ?? 50, [() => millisecondsOf(draw)]);
const html = await draw();
const kb = gzipSync(html).length / 1000;
const lines = [
  `dashboard of ${days} days and ${operators} operators`,
  `drawn in ${median.toFixed(1)} ms, the middle of ${rounds} (goal ${goalMs}: ${goal(median <= goalMs)})`,
  `${kb.toFixed(1)} kB gzipped, ${(html.length / 1000).toFixed(0)} kB before (goal ${goalKb}: ${goal(kb <= goalKb)})`,
];
process.stdout.write(`${lines.join("\n")}\n`);
