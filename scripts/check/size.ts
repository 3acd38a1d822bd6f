// Budgets: what a browser, a worker or an edge function pays for @csat/core with all it depends on, and what a page
// pays for <csat-view>.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { csatViewScript } from "../../packages/ui/src/generated/csat-view.ts";

const elementBudgetKilobytes = 5;
const elementKilobytes = gzipSync(csatViewScript, { level: 9 }).length / 1000;
console.log(`<csat-view>, gzipped: ${elementKilobytes.toFixed(1)} kB of ${elementBudgetKilobytes} kB`);
if (elementKilobytes > elementBudgetKilobytes) process.exitCode = 1;

const budgetKilobytes = 30;
const { outputFiles, metafile } = await build({
  entryPoints: ["packages/core/src/index.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  // Neutral: an import of a built-in module of Node fails the build.
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["@csat/source", "import"],
  write: false,
  metafile: true,
});

const kilobytes =
  outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0) / 1000;
console.log(`@csat/core, bundled, minified, gzipped: ${kilobytes.toFixed(1)} kB of ${budgetKilobytes} kB`);
if (kilobytes > budgetKilobytes) {
  const sizes = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).map(([path, { bytesInOutput }]) => ({ path, bytesInOutput })),
  );
  for (const { path, bytesInOutput } of sizes
    .sort((a, b) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 15)) {
    console.log(`${String(bytesInOutput).padStart(8)} bytes  ${path}`);
  }
  process.exit(1);
}
