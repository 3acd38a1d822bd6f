import { type ChildProcess, spawn } from "node:child_process";
import { inject } from "vitest";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker-settings.ts";

/** A worker in a process of its own. */
export interface WorkerProcess {
  readonly name: string;
  /** Resolves when it works. Rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with its exit code once it is gone; null when a signal ended it. */
  readonly gone: Promise<number | null>;
  /** Everything it logged, and what it wrote to standard error, as lines. */
  readonly lines: readonly string[];
  isGone(): boolean;
  /** Takes it away in the middle of whatever it does: SIGKILL. */
  kill(): Promise<void>;
  /** Once it works, lets it finish what it does, then it exits. Answers its exit code. */
  stop(): Promise<number | null>;
  moveClock(byMs: number): void;
}

/** Processes that have loaded the worker's code and wait for settings: whoever is killed again and again has to start fast. */
const spares: ChildProcess[] = [];

/** Keeps `count` processes ready from now on, each of which becomes one worker; the answer ends those left over. */
export function keepSpares(count: number): () => void {
  wantedSpares = count;
  fillSpares();
  return () => {
    wantedSpares = 0;
    for (const spare of spares.splice(0)) spare.kill("SIGKILL");
  };
}
let wantedSpares = 0;

function fillSpares(): void {
  while (spares.length < wantedSpares) spares.push(spawnWorker());
}

function spawnWorker(): ChildProcess {
  return spawn(process.execPath, [inject("workerFile")], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Starts one. It ends with this process at the latest. */
export function startWorkerProcess(settings: WorkerSettings): WorkerProcess {
  const child = spares.shift() ?? spawnWorker();
  fillSpares();
  const tell = (message: ToWorker) => {
    if (child.connected) child.send(message);
  };
  const lines: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => lines.push(text));
  let isGone = false;
  const gone = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      isGone = true;
      resolve(code);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message: FromWorker) => {
      if (message.kind === "ready") resolve();
      else lines.push(`${message.level}: ${message.message} ${JSON.stringify(message.fields)}`);
    });
    void gone.then((code) => reject(new Error(`A worker ended with code ${code}: ${lines.join("\n")}`)));
  });
  tell({ kind: "work", settings });
  // Whoever kills a worker that still starts does not wait for it.
  ready.catch(() => {});
  return {
    name: settings.name,
    ready,
    gone,
    lines,
    isGone: () => isGone,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    stop: async () => {
      await ready;
      tell({ kind: "stop" });
      return gone;
    },
    moveClock: (byMs) => tell({ kind: "move_clock", byMs }),
  };
}
