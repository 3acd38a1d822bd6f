import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A command that was started, and what it printed so far on both streams. */
export interface StartedCommand {
  readonly output: () => string;
  /** Resolves with what was printed since the start once it matches; rejects when the command ends before, or in time. */
  readonly printed: (pattern: RegExp, timeoutMs?: number) => Promise<string>;
  readonly write: (line: string) => void;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends the command and all that it started. */
  readonly stop: () => Promise<void>;
}

/** What is run where. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

const groups = new Set<number>();
// Whatever ends us ends what we started.
process.once("exit", () => {
  for (const group of groups) killGroup(group);
});

/** Starts a command in a process group of its own, so that nothing of it is left after `stop`. */
export function startCommand({ command, args, folder, environment }: Command): StartedCommand {
  const child = spawn(command, args, { cwd: folder, env: environment, stdio: "pipe", detached: true });
  const group = child.pid;
  if (group !== undefined) groups.add(group);
  // Nobody reads what is written to a command that is over.
  child.stdin.on("error", () => {});
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const watch of watchers) watch();
    });
  }
  const ended = endOf(child).finally(() => {
    for (const watch of watchers) watch();
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const printed = (pattern: RegExp, timeoutMs = 180_000) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.test(output);
        if (!found && !isOver) return;
        clearTimeout(timer);
        watchers.delete(look);
        if (found) resolve(output);
        else reject(new Error(`"${command}" ended without printing ${pattern}:\n${output}`));
      };
      const timer = setTimeout(() => {
        watchers.delete(look);
        reject(new Error(`"${command}" did not print ${pattern} within ${timeoutMs / 1000} s:\n${output}`));
      }, timeoutMs);
      watchers.add(look);
      void ended.then(look);
      look();
    });
  return {
    output: () => output,
    printed,
    write: (line) => void child.stdin.write(`${line}\n`),
    ended,
    stop: async () => {
      if (group === undefined) return;
      killGroup(group);
      await ended;
      groups.delete(group);
    },
  };
}

/** Runs a command to its end and returns what it printed. @throws Error with all of it, when it fails or takes too long */
export async function runCommand(
  wanted: Command & { readonly timeoutMs?: number; readonly exitCodes?: readonly number[] },
): Promise<string> {
  const { timeoutMs = 300_000, exitCodes = [0] } = wanted;
  const started = startCommand(wanted);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void started.stop();
  }, timeoutMs);
  const code = await started.ended.finally(() => clearTimeout(timer));
  await started.stop();
  const line = [wanted.command, ...wanted.args].join(" ");
  if (isLate) throw new Error(`"${line}" took longer than ${timeoutMs / 1000} s:\n${started.output()}`);
  if (code === null || !exitCodes.includes(code)) {
    throw new Error(`"${line}" ended with code ${code}:\n${started.output()}`);
  }
  return started.output();
}

async function endOf(child: ChildProcess): Promise<number | null> {
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  const [code] = await Promise.race([once(child, "close"), failed]);
  return code;
}

function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
