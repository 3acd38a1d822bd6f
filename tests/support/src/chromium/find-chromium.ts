import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { chromium } from "playwright-core";
import { aptInstall, mayAptInstall } from "../apt-install.ts";
import { type ChosenChromium, chooseChromium } from "./choose-chromium.ts";

/** What Chromium is started with: alone, without a GPU, and without traffic of its own. */
export const chromiumFlags: readonly string[] = [
  // Its sandbox refuses to work for root.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A Chromium of this machine, `program` being its path; as root on Debian or Ubuntu one is installed (said so on the
 * console).
 * @throws Error that says how to get one
 */
export function findChromium(): ChosenChromium {
  const chosen = chooseChromium({
    given: process.env.CSAT_CHROMIUM,
    playwrightProgram: chromium.executablePath(),
    versionOf,
    mayInstall: mayAptInstall(),
    // The one without windows is smaller and faster; older systems know the whole one alone.
    install: () => aptInstall("chromium-headless-shell") || aptInstall("chromium"),
  });
  return { ...chosen, program: pathOf(chosen.program) };
}

function versionOf(program: string): string | null {
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 30_000 });
  return status === 0 ? stdout.trim() : null;
}

// Playwright starts paths only.
function pathOf(program: string): string {
  if (isAbsolute(program)) return program;
  const folders = program.includes("/") ? [process.cwd()] : (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? program;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
