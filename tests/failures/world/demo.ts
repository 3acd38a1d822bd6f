import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Ending } from "./a-system.ts";

const folder = fileURLToPath(new URL("../../../examples/helpdesk", import.meta.url));
const command = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
const fromSource = ["--conditions=@csat/source", "--import", "tsx"];

/** Variables of the demo's README. */
export type DemoVariables = Readonly<Record<string, string>>;

/** The demo in a process of its own. It is killed with the test at the latest. */
export interface Demo {
  readonly origin: string;
  /** Sends JSON, or asks when there is no body. @throws Error with the answer unless it is 2xx */
  call(path: string, body?: unknown, method?: string): Promise<unknown>;
  /** Sends a form of a page. */
  form(path: string, fields: Readonly<Record<string, string>>): Promise<void>;
  advance(span: { readonly minutes: number }): Promise<void>;
  /** A ticket that was resolved just now. Answers its id. */
  resolved(): Promise<string>;
  kill(): Promise<void>;
}

/** Starts the demo and waits until it is ready. */
export async function startDemo({ onTestFinished }: Ending, variables: DemoVariables): Promise<Demo> {
  const child = spawn(process.execPath, [...fromSource, "src/main.ts"], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  const origin = await new Promise<string>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const [, url] = /^CSAT demo helpdesk: (http:\S+)\n/m.exec(output) ?? [];
        if (url !== undefined) resolve(url);
      });
    child.once("close", (code) => reject(new Error(`exit ${code}: ${output}`)));
  });
  let customers = 0;
  const demo: Demo = {
    origin,
    call: async (path, body, method = body === undefined ? "GET" : "POST") => {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { "content-type": "application/json", accept: "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
      return JSON.parse(text);
    },
    form: async (path, fields) => {
      const { status } = await fetch(`${origin}${path}`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams(fields),
      });
      if (status !== 303) throw new Error(`${path} answered ${status}.`);
    },
    advance: async ({ minutes }) => {
      await demo.call("/api/clock/advance", { ms: minutes * 60_000 });
    },
    resolved: async () => {
      customers++;
      const customer = { name: "Dana", email: `t${customers}@acme.example` };
      const ticket = await demo.call("/api/tickets", { subject: "Printer", customer });
      const id = String(Reflect.get(Object(ticket), "id"));
      await demo.call(`/api/tickets/${id}/resolve`, { note: "Done." });
      return id;
    },
    kill,
  };
  return demo;
}

/** What the command left behind. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `csat` beside a demo, as a process in its folder: with its config and these variables. */
export function runCsat(words: string, variables: DemoVariables): Promise<Ran> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables };
  return new Promise((resolve) => {
    const all = [...fromSource, command, ...words.split(" ")];
    execFile(process.execPath, all, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** What `csat doctor` finds: its exit code, and the remedy of each finding by its code. Its checks may take long: this machine may be busy. */
export async function doctor(variables: DemoVariables): Promise<{
  readonly exitCode: number;
  readonly findings: Readonly<Record<string, string>>;
}> {
  const { exitCode, stdout, stderr } = await runCsat("doctor --json --timeout 20", variables);
  // It is JSON whatever was found; words alone mean that it could not run.
  if (!stdout.startsWith("{")) throw new Error(`csat doctor ended with ${exitCode}: ${stderr}`);
  const { reports }: { readonly reports: readonly Partial<Record<"status" | "code" | "remedy", string>>[] } =
    JSON.parse(stdout);
  const found = reports.filter(({ status }) => status === "finding");
  return {
    exitCode,
    findings: Object.fromEntries(found.map(({ code = "", remedy = "" }) => [code, remedy])),
  };
}

/** The commands that a remedy prints, without their first word. */
export function commandsIn(remedy: string): readonly string[] {
  return [...remedy.matchAll(/\bcsat ((?:retry-failed|replay) \S+)/g)].flatMap(([, words]) => words ?? []);
}
