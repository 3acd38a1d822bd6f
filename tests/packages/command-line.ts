import { strict as assert } from "node:assert";
import type { BareProject } from "./bare-project.ts";

/** `npx csat` where nothing but @csat/cli is installed: help, version, and what it says when it cannot go on. */
export async function checkCommand(project: BareProject, version: string): Promise<void> {
  const help = await project.run("npx", ["csat", "--help"]);
  for (const name of ["migrate", "doctor", "explain", "send-test", "recount", "export"]) {
    assert.match(help, new RegExp(`^ +(csat )?${name}\\b`, "m"));
  }
  assert.equal((await project.run("npx", ["csat", "--version"])).trim(), version);
  assert.match(await project.run("npx", ["csat", "doctor", "--help"]), /--overdue MINUTES/);
  const lost = await project.run("npx", ["csat", "doctor"], { exitCodes: [2] });
  assert.match(lost, /There is no csat\.config\.ts/);
}
