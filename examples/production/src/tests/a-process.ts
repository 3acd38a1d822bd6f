import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** A process of the example, started as its README says. */
export interface Process {
  /** Everything it wrote. */
  readonly output: () => string;
  /** `http://127.0.0.1:port`, when it listens. */
  readonly origin: () => Promise<string>;
  /** Sends a signal. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `web.ts` or `worker.ts` with these variables alone. */
export function startProcess(name: "web" | "worker", environment: Readonly<Record<string, string>>): Process {
  const entry = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=@csat/source", entry],
    {
      env: { PATH: process.env.PATH, ...environment },
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  return {
    output: () => output,
    origin: async () => {
      const listening = /"port":(\d+)/;
      await expect.poll(() => output, { message: `${name} does not listen` }).toMatch(listening);
      return `http://127.0.0.1:${listening.exec(output)?.[1]}`;
    },
    signal: (signal) => child.kill(signal),
    ended,
  };
}
