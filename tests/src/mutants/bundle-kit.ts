import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Fault } from "./fault.ts";

const packages = fileURLToPath(new URL("../../../packages/", import.meta.url));

/** What is left out of the bundle: it holds no fault and is slow to bundle, or brings files of its own. */
const external = ["@electric-sql/pglite", "drizzle-orm", "vitest", "nodemailer", "mailparser"];

/**
 * Bundles the kit with an adapter that has the fault; without one, the adapter as it is.
 * @throws Error when the fault's right text does not stand exactly once in its file
 */
export async function bundleKit(entry: string, outfile: string, fault: Fault | null): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@csat/source"],
    external,
    logLevel: "error",
    plugins: fault === null ? [] : [planting(fault)],
  });
}

function planting({ file, right, wrong }: Fault) {
  return {
    name: "plant",
    setup(bundler: Parameters<NonNullable<Parameters<typeof build>[0]["plugins"]>[number]["setup"]>[0]) {
      const path = `${packages}${file}`;
      bundler.onLoad({ filter: /\.ts$/ }, async (loading) => {
        if (loading.path !== path) return null;
        const source = await readFile(path, "utf8");
        const count = source.split(right).length - 1;
        if (count !== 1) throw new Error(`${file} holds ${count} times: ${right}`);
        return { contents: source.replace(right, () => wrong), loader: "ts" };
      });
    },
  };
}
