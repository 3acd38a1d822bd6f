import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Registry } from "./registry.ts";
import { runCommand } from "./run-command.ts";

/** A folder of a developer who has Node and npm, and nothing of this workspace. */
export interface BareProject {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly copyIn: (from: string, to: string) => void;
  readonly run: (command: string, args: readonly string[], limits?: Limits) => Promise<string>;
}

interface Limits {
  readonly timeoutMs?: number;
  readonly exitCodes?: readonly number[];
}

/** The folder that all projects of a run stand in; `remove` takes them away. */
export interface Workbench {
  readonly project: (name: string) => BareProject;
  readonly remove: () => void;
}

/** Makes a temporary folder for projects whose npm takes `@csat/*` from the registry, and all else from npm's own. */
export function workbench(registry: Registry): Workbench {
  const base = mkdtempSync(join(tmpdir(), "csat-bare-"));
  const settings = join(base, "npmrc");
  // For all else, the registry that npm uses on this machine.
  const usual = execFileSync("npm", ["config", "get", "registry"], {
    cwd: tmpdir(),
    encoding: "utf8",
  }).trim();
  const quiet = ["audit=false", "fund=false", "update-notifier=false", "prefer-offline=true"];
  const lines = [`registry=${usual}`, `@csat:registry=${registry.url}`, ...quiet, ""];
  writeFileSync(settings, lines.join("\n"));
  const remove = () => rmSync(base, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    remove,
    project: (name) => {
      const folder = join(base, name);
      mkdirSync(folder);
      const environment = bareEnvironment(settings);
      return {
        folder,
        environment,
        write: (files) => {
          for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
          }
        },
        copyIn: (from, to) => copyFileSync(from, join(folder, to)),
        run: (command, args, limits) => runCommand({ command, args, folder, environment, ...limits }),
      };
    },
  };
}

/** Ours without what npm, pnpm and tsx put there for us: it would lead back into the workspace. */
function bareEnvironment(settings: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|node_|init_cwd|tsx|csat_|database_url|pg|smtp_url|port$)/i.test(name),
  );
  const path = (process.env.PATH ?? "").split(":").filter((entry) => !entry.includes("node_modules"));
  return { ...Object.fromEntries(kept), PATH: path.join(":"), NPM_CONFIG_USERCONFIG: settings };
}
