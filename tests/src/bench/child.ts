import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A process beside the one that is measured, so that its work is not taken for ours. */
export interface Child<Message> {
  readonly pid: number | undefined;
  /** The next thing that it tells. */
  next(): Promise<Message>;
  onMessage(listener: (message: Message) => void): void;
  onExit(listener: (code: number | null) => void): void;
  tell(message: object | number): void;
  /** Lets it end by itself, as whose parent is gone. */
  end(): Promise<void>;
  kill(): Promise<void>;
}

// Whoever starts one may be compiled by something else.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** Starts a module of this folder as a process of its own. */
export function startChild<Message>(
  file: string,
  {
    words = [],
    nodeOptions = [],
  }: { readonly words?: readonly string[]; readonly nodeOptions?: readonly string[] } = {},
): Child<Message> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), words, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: ["--conditions=@csat/source", "--import", tsx, ...nodeOptions],
  });
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    next: async () => {
      const [message] = await once(child, "message");
      // The module of that name sends what its type says.
      return message as Message;
    },
    // As above.
    onMessage: (listener) => void child.on("message", (message) => listener(message as Message)),
    onExit: (listener) => void child.on("exit", listener),
    tell: (message) => void child.send(message),
    end: async () => {
      if (isGone()) return;
      const gone = once(child, "exit");
      if (child.connected) child.disconnect();
      await gone;
    },
    kill: async () => {
      if (isGone()) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
