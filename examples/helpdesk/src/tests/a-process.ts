import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../..", import.meta.url));

/** The demo as its start script runs it, in a process of its own. */
export interface DemoProcess {
  readonly origin: string;
  /** What it printed so far. */
  readonly output: () => string;
  /** Ends it and answers its exit code; null when the signal itself ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `main.ts` and waits for its line. Rejects with all it printed when it ends before. */
export async function startProcess(environment: Readonly<Record<string, string>>): Promise<DemoProcess> {
  const child = spawn(process.execPath, ["--conditions=@csat/source", "--import", "tsx", "src/main.ts"], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const url = /^CSAT demo helpdesk: (http:\S+)\n/m.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    child.once("close", (code) => reject(new Error(`exit ${code}: ${output}`)));
  });
  return { origin, output: () => output, end: (signal) => end(child, signal) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, "close");
  child.kill(signal);
  const [code]: (number | null)[] = await ended;
  return code ?? null;
}
