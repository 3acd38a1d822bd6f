import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

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
  let listens: (port: string) => void = () => {};
  const listening = new Promise<string>((resolve) => {
    listens = resolve;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const port = /"port":(\d+)/.exec(output)?.[1];
      if (port !== undefined) listens(port);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  return {
    output: () => output,
    origin: async () => {
      const port = await Promise.race([listening, ended.then(() => null)]);
      if (port === null) throw new Error(`${name} ended before it listened:\n${output}`);
      return `http://127.0.0.1:${port}`;
    },
    signal: (signal) => child.kill(signal),
    ended,
  };
}
