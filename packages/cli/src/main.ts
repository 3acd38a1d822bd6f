#!/usr/bin/env node
import { loadConfig } from "./load-config.ts";
import { run } from "./run.ts";

const { stdout, stderr } = process;
// A reader that has seen enough, such as `head`, is no reason to end with a stack.
for (const stream of [stdout, stderr]) stream.on("error", () => {});
const exitCode = await run({
  words: process.argv.slice(2),
  folder: process.cwd(),
  terminal: { stdout, stderr },
  now: () => new Date(),
  load: loadConfig,
});
// What the host left open must not keep the command from ending; what was written must arrive before it does.
for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write("", resolve));
process.exit(exitCode);
