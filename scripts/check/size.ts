// Budgets: what a browser, a worker or an edge function pays for @csat/core with all it depends on, what a page pays for
// <csat-view>, and what each other entry of a package adds to a bundle with the dependencies that it brings along.
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { csatViewScript } from "../../packages/ui/src/generated/csat-view.ts";
import { entriesOf, type PackageEntry, packageNames } from "../packages/package-entries.ts";

/** In kB of 1,000 bytes, minified and gzipped: somewhat above what was measured, so that growth is a decision. */
const budgets: Readonly<Record<string, number>> = {
  "@csat/bullmq": 6,
  "@csat/cli": 1,
  "@csat/conformance": 60,
  // Holds the state machine that each storage held before: @csat/postgres went from 20.2 to 17.5 kB, @csat/memory from 8.5 to 6.5.
  // With issueLinks and recordAnswer, 1.5 kB, which stand within the state machine.
  // And 0.6 kB for events that are claimed ahead of their places, 0.5 kB for what health() says of an outage.
  // Whom to ask: 5.5 kB of policy, customers' records and what is kept for dry runs; 0.6 kB to send events again, 1.5 kB of
  // traces, names of operators and parts of counts. All of it runs in the step that sends or answers, so none is a subpath.
  // 7.5 kB for the dry run of whom to ask, which takes the same steps again, and 1 kB for texts and logos of hosts.
  // 82.1 kB with suppression, reports of mails, a person's data, expiry, retention, exclusion, slices and order.
  "@csat/core": 83,
  "@csat/core/channels": 1,
  "@csat/core/mail-errors": 5,
  // Days by date-fns, offsets by @date-fns/tz.
  "@csat/core/rules": 3,
  "@csat/core/transactions": 3,
  // 33.5 kB with the pages of opting out in seven languages and the routes of exclusion, order and whom nobody asks.
  "@csat/http": 35,
  "@csat/http/node": 10,
  // Nearly all of it is postal-mime, with its table of HTML entities.
  "@csat/mail-reports": 30,
  "@csat/memory": 10,
  "@csat/mysql": 24,
  "@csat/nodemailer": 6,
  // With eight gauges of health.
  "@csat/opentelemetry": 3,
  "@csat/postgres": 25,
  // Every sentence of the views in seven languages takes 21 kB of it, on the server alone: what a browser loads is below.
  // Comparing operators and slices and the page of one's own, with their sentences, and what admins may do to an answer: 8.6 kB.
  // Then 87.2 kB with customers whom nobody asks and mails that came back.
  "@csat/ui": 89,
  "@csat/ui/element": 5,
  // Nearly all of it is undici, which Node bundles but does not export.
  "@csat/webhooks": 200,
};

check("<csat-view>, as the handler serves it", { kilobytes: zipped(csatViewScript), budget: 5 });
for (const entry of packageNames().flatMap(entriesOf)) {
  const { kilobytes, metafile } = await sizeOf(entry);
  const fits = check(entry.specifier, { kilobytes, budget: budgets[entry.specifier] ?? null });
  if (!fits) printLargest(metafile);
}

function check(
  subject: string,
  { kilobytes, budget }: { readonly kilobytes: number; readonly budget: number | null },
): boolean {
  const fits = budget !== null && kilobytes <= budget;
  if (!fits) process.exitCode = 1;
  const limit = budget === null ? "no budget yet: give it one" : `of ${budget} kB`;
  console.log(
    `${fits ? "ok      " : "TOO MUCH"} ${subject.padEnd(40)} ${kilobytes.toFixed(1).padStart(6)} kB ${limit}`,
  );
  return fits;
}

async function sizeOf({ specifier, source, hostBrings }: PackageEntry) {
  const isCore = specifier === "@csat/core";
  const runsAnywhere = specifier.startsWith("@csat/core") || specifier === "@csat/ui/element";
  const { outputFiles, metafile } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: "esm",
    // Neutral: an import of a built-in module of Node fails the build.
    platform: runsAnywhere ? "neutral" : "node",
    mainFields: ["module", "main"],
    // With "browser" nanoid takes WebCrypto, as it does in the core's own bundle.
    conditions: ["@csat/source", "import", ...(runsAnywhere ? ["browser"] : [])],
    // Peers are the host's. The core is in every bundle already, and has a budget of its own.
    external: isCore ? [] : [...hostBrings, "@csat/core"],
    write: false,
    metafile: true,
  });
  const kilobytes = outputFiles.reduce((sum, { contents }) => sum + zipped(contents), 0);
  return { kilobytes, metafile };
}

function zipped(contents: string | Uint8Array): number {
  return gzipSync(contents, { level: 9 }).length / 1000;
}

function printLargest({ outputs }: Metafile): void {
  const sizes = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).map(([path, { bytesInOutput }]) => ({ path, bytesInOutput })),
  );
  for (const { path, bytesInOutput } of sizes
    .sort((a, b) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 15)) {
    console.log(`${String(bytesInOutput).padStart(12)} bytes  ${path}`);
  }
}
