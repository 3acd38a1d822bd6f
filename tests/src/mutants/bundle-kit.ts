import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Fault } from "./fault.ts";

const packages = fileURLToPath(new URL("../../../packages/", import.meta.url));

/** What is left out of the bundle: it holds no fault and is slow to bundle, or brings files of its own. */
const external = ["pg", "mysql2", "drizzle-orm", "vitest", "nodemailer", "mailparser"];

/**
 * Bundles the kit with an adapter that has the fault; without one, the adapter as it is.
 * @throws Error when the fault's right text does not stand exactly once in its file
 */
export async function bundleKit(entry: string, outfile: string, fault: Planted | null): Promise<void> {
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

/** What is planted; whoever catches it is another's concern. */
export type Planted = Pick<Fault, "file" | "right" | "wrong">;

function planting(fault: Planted) {
  return {
    name: "plant",
    setup(bundler: Parameters<NonNullable<Parameters<typeof build>[0]["plugins"]>[number]["setup"]>[0]) {
      bundler.onLoad({ filter: /\.ts$/ }, async (loading) => {
        const contents = await sourceAtFault(loading.path, fault);
        return contents === null ? null : { contents, loader: "ts" };
      });
    },
  };
}

/**
 * The source of this file with the fault in it; null for a file that has none.
 * @throws Error when the fault's right text does not stand exactly once in its file
 */
export async function sourceAtFault(path: string, { file, right, wrong }: Planted): Promise<string | null> {
  if (path !== `${packages}${file}`) return null;
  const source = await readFile(path, "utf8");
  const count = source.split(right).length - 1;
  if (count !== 1) throw new Error(`${file} holds ${count} times: ${right}`);
  return source.replace(right, () => wrong);
}
