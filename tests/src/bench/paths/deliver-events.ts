import { randomBytes } from "node:crypto";
import { webhookTransport } from "@csat/webhooks";
import { Pool } from "pg";
import { Webhook } from "standardwebhooks";
import { Pool as HttpPool } from "undici";
import { benchDesk, comment, mailedSurveys } from "../bench-desk.ts";
import { alternate, type BenchPath } from "../bench-path.ts";
import { startChild } from "../child.ts";
import { nothingDue } from "../nothing-due.ts";
import type { FromRequestSink } from "../request-sink.ts";

// One workspace has half of a worker's places at most.
const workspaces = 10;

/** Events to one receiver on this machine. */
export const deliverEvents: BenchPath = {
  id: "webhooks",
  title: "webhook deliveries, 10 at once, local receiver",
  rawSide: "undici posting the same signed bytes",
  unit: "/s",
  goal: { of: "ratio", atLeast: 0.7 },
  measure: async (bench) => {
    const sink = startChild<FromRequestSink>("request-sink.ts");
    const pool = new Pool({ connectionString: bench.url, max: 10 });
    try {
      const listening = await sink.next();
      const port = listening.kind === "listening" ? listening.port : 0;
      const origin = `http://127.0.0.1:${port}`;
      const secret = randomBytes(24).toString("base64");
      const count = bench.sized(500);
      const webhooks = webhookTransport({
        endpoints: [{ id: "crm", url: `${origin}/csat`, secret }],
        allowPrivateAddresses: true,
      });
      const csat = await benchDesk(pool, { webhooks });
      const rounds = await alternate(bench.rounds, {
        ours: async (round) => {
          await raiseEvents(pool, { prefix: `event-${round}`, count });
          sink.tell(count);
          const all = sink.next();
          const begunAt = performance.now();
          const worker = await csat.startWorker({ concurrency: 10 });
          await all;
          await nothingDue(pool, "due_events");
          const seconds = (performance.now() - begunAt) / 1_000;
          await worker.stop();
          return count / seconds;
        },
        raw: async (round) => {
          const requests = signedRequests({ secret, count, round });
          sink.tell(count);
          const all = sink.next();
          const http = new HttpPool(origin, { connections: 10, pipelining: 1 });
          const begunAt = performance.now();
          await Promise.all(
            requests.map(async (request) => {
              const { body } = await http.request({ path: "/csat", method: "POST", ...request });
              await body.dump();
            }),
          );
          await all;
          const seconds = (performance.now() - begunAt) / 1_000;
          await http.close();
          return count / seconds;
        },
      });
      return { rounds };
    } finally {
      await sink.end();
      await pool.end();
    }
  },
};

async function raiseEvents(
  pool: Pool,
  { prefix, count }: { readonly prefix: string; readonly count: number },
): Promise<void> {
  const tokens = await mailedSurveys(pool, { prefix, count, workspaces });
  const csat = await benchDesk(pool, {
    webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
  });
  await Promise.all(tokens.map((token) => csat.submitResponse({ token, rating: 5, comment })));
}

function signedRequests({
  secret,
  count,
  round,
}: {
  readonly secret: string;
  readonly count: number;
  readonly round: number;
}) {
  const webhook = new Webhook(secret);
  const at = new Date();
  return Array.from({ length: count }, (_, place) => {
    const id = `raw-${round}-${place}`;
    const body = JSON.stringify({
      type: "ticket.csat_received",
      timestamp: at.toISOString(),
      data: { ticketId: id, rating: 5, comment, respondedAt: at.toISOString() },
    });
    return {
      body,
      headers: {
        "content-type": "application/json",
        "user-agent": "csat-webhooks",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": webhook.sign(id, at, body),
      },
    };
  });
}
