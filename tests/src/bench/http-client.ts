// A client as a process of its own: sends requests through so many keep-alive connections, and tells how long all of them took.
import { Pool } from "undici";

/** What this process is asked. */
export interface Ask {
  readonly origin: string;
  readonly connections: number;
  readonly expectedStatus: number;
  readonly requests: readonly {
    readonly path: string;
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  }[];
}

/** What it tells its parent. */
export type FromClient =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly ms: number; readonly failed: number };

const tell = (message: FromClient) => process.send?.(message);

process.on("disconnect", () => process.exit(0));
process.on("message", (ask: Ask) => void run(ask));
tell({ kind: "ready" });

async function run({ origin, connections, expectedStatus, requests }: Ask): Promise<void> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  let [next, failed] = [0, 0];
  const begunAt = performance.now();
  const client = async () => {
    for (let place = next++; place < requests.length; place = next++) {
      const request = requests[place];
      if (request === undefined) return;
      const { statusCode, body } = await pool.request(request);
      await body.arrayBuffer();
      if (statusCode !== expectedStatus) failed++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const ms = performance.now() - begunAt;
  await pool.close();
  tell({ kind: "done", ms, failed });
}
