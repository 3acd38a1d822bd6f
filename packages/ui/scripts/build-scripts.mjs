// Writes src/generated/*.ts from src/browser/*.ts: node packages/ui/scripts/build-scripts.mjs
import { mkdir, writeFile } from "node:fs/promises";
import { bundleScripts } from "./bundle-scripts.mjs";

for (const { url, text } of await bundleScripts()) {
  await mkdir(new URL(".", url), { recursive: true });
  await writeFile(url, text);
}
