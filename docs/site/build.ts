// Builds the site into docs/dist, or serves it with `--dev`: the API reference first, then VitePress. A warning of
// either, or a link that leads nowhere, ends the build with 1.
import { join } from "node:path";
import { build, createServer } from "vitepress";
import { writeApiReference } from "./api-reference.ts";

const folder = join(import.meta.dirname, "..");
await writeApiReference();

if (process.argv.includes("--dev")) {
  const server = await createServer(folder);
  await server.listen();
  server.printUrls();
} else {
  let warnings = 0;
  const { warn } = console;
  console.warn = (...words: readonly unknown[]) => {
    warnings += 1;
    warn(...words);
  };
  await build(folder);
  console.log(`${warnings} warnings, 0 dead links`);
  if (warnings > 0) process.exitCode = 1;
}
