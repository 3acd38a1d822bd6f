import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StartedCommand, startCommand } from "../run-command.ts";

/** A shell in which commands are typed one block after the other; folder and variables last, as in a window. */
export interface ShellWindow {
  /** Runs the lines. Resolves with what they printed when they are through; rejects when one of them fails. */
  readonly type: (lines: string) => Promise<string>;
  /** Starts lines whose last command goes on. */
  readonly leaveRunning: (lines: string) => void;
  /** Resolves once every line was printed since the window was opened. */
  readonly shows: (lines: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a window. `scratch` is a folder of the caller's for the lines that are typed. */
export function openWindow({
  name,
  folder,
  scratch,
  environment,
}: {
  readonly name: string;
  readonly folder: string;
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
}): ShellWindow {
  // A command that fails ends the shell, and so the step.
  const shell: StartedCommand = startCommand({
    command: "bash",
    args: ["-e", "-o", "pipefail"],
    folder,
    environment,
  });
  let typed = 0;
  // Commands read nothing of what is typed later.
  const source = (lines: string) => {
    const script = join(scratch, `${name}-${++typed}.sh`);
    writeFileSync(script, lines);
    return `. '${script}' </dev/null`;
  };
  return {
    type: async (lines) => {
      const before = shell.output().length;
      const script = source(lines);
      const mark = `--- ${name} ${typed} is through ---`;
      shell.write(`${script}\necho '${mark}'`);
      const output = await shell.printed(new RegExp(mark), 300_000);
      return output.slice(before).replace(`${mark}\n`, "");
    },
    leaveRunning: (lines) => shell.write(source(lines)),
    shows: async (lines) => {
      for (const line of lines) await shell.printed(new RegExp(literal(line)));
    },
    close: shell.stop,
  };
}

function literal(line: string): string {
  return line.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
