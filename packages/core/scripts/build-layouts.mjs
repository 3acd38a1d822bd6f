// Writes src/email/generated/layout-html.ts from src/email/layout.mjml: node packages/core/scripts/build-layouts.mjs
import { mkdir, writeFile } from "node:fs/promises";
import { compileLayout, generatedUrl } from "./compile-layout.mjs";

await mkdir(new URL(".", generatedUrl), { recursive: true });
await writeFile(generatedUrl, await compileLayout());
