import type { RequestListener } from "node:http";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { Pool } from "pg";
import { benchDesk, comment, mailedSurveys, workspaceId } from "../bench-desk.ts";
import { alternate, type Bench, type BenchPath, type Measured } from "../bench-path.ts";
import { type HttpLoad, httpLoad } from "../http-load.ts";

/** Answers of many customers at once. */
export const answerRequests: BenchPath = {
  id: "answer",
  title: "POST of an answer, 32 keep-alive connections",
  rawSide: "`node:http` + one INSERT",
  unit: "/s",
  goal: { of: "ratio", atLeast: 0.5 },
  measure: (bench) =>
    underLoad(bench, async ({ pool, load, listener }) => {
      await pool.query(
        `create table raw_answers (token text primary key, rating int not null, comment text, responded_at timestamptz not null)`,
      );
      const raw: RequestListener = (incoming, outgoing) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", async () => {
          // Sent by this bench.
          const answer = JSON.parse(Buffer.concat(chunks).toString()) as { rating: number; comment: string };
          await pool.query({
            name: "raw_insert",
            text: "insert into raw_answers values ($1, $2, $3, now())",
            values: [incoming.url, answer.rating, answer.comment],
          });
          outgoing.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(answer));
        });
      };
      const count = bench.sized(1_500);
      const requests = (tokens: readonly string[]) =>
        tokens.map((token, place) => ({
          path: `/csat/r/${token}`,
          method: "POST" as const,
          headers: { "content-type": "application/json", accept: "application/json" },
          body: JSON.stringify({ rating: (place % 5) + 1, comment }),
        }));
      const tokensOf = new Map<number, readonly string[]>();
      for (let round = 0; round <= bench.rounds; round++) {
        tokensOf.set(round, await mailedSurveys(pool, { prefix: `answered-${round}`, count }));
      }
      await pool.query("vacuum analyze");
      return alternate(bench.rounds, {
        ours: (round) =>
          load.perSecond(listener, { requests: requests(tokensOf.get(round) ?? []), expectedStatus: 201 }),
        raw: (round) =>
          load.perSecond(raw, {
            requests: requests(Array.from({ length: count }, (_, place) => `${round}-${place}`)),
            expectedStatus: 201,
          }),
      });
    }),
};

/** Visits of the page behind a mailed link. */
export const pageRequests: BenchPath = {
  id: "page",
  title: "GET of the page, 32 connections",
  rawSide: "Hono, one SELECT, the same bytes",
  unit: "/s",
  goal: { of: "ratio", atLeast: 0.8 },
  measure: (bench) =>
    underLoad(bench, async ({ pool, load, listener, handle }) => {
      const count = bench.sized(1_500);
      const tokens = await mailedSurveys(pool, { prefix: "page", count });
      const page = await handle(new Request(`https://help.example.com/csat/r/${tokens[0]}?rating=5`));
      const html = await page.text();
      await pool.query("create table raw_pages (token text primary key, state json not null)");
      await pool.query(
        'insert into raw_pages select t, \'{"subject":"My order"}\' from unnest($1::text[]) t',
        [tokens],
      );
      await pool.query("vacuum analyze");
      const app = new Hono();
      app.get("/csat/r/:token", async (context) => {
        const { rows } = await pool.query({
          name: "raw_select",
          text: "select state from raw_pages where token = $1",
          values: [context.req.param("token")],
        });
        return rows.length === 0
          ? context.notFound()
          : context.body(html, 200, Object.fromEntries(page.headers));
      });
      const raw = getRequestListener(app.fetch, { overrideGlobalObjects: false });
      const requests = tokens.map((token) => ({
        path: `/csat/r/${token}?rating=5`,
        method: "GET" as const,
        headers: { accept: "text/html" },
        body: null,
      }));
      return alternate(bench.rounds, {
        ours: () => load.perSecond(listener, { requests, expectedStatus: 200 }),
        raw: () => load.perSecond(raw, { requests, expectedStatus: 200 }),
      });
    }),
};

async function underLoad(
  bench: Bench,
  measure: (parts: {
    readonly pool: Pool;
    readonly load: HttpLoad;
    readonly listener: RequestListener;
    readonly handle: (request: Request) => Promise<Response>;
  }) => Promise<Measured["rounds"]>,
): Promise<Measured> {
  const pool = new Pool({ connectionString: bench.url, max: 10 });
  const load = await httpLoad();
  try {
    const csat = await benchDesk(pool, {
      // Raises an event with every answer, and delivers none.
      webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
    });
    const handle = createHandler(csat, {
      basePath: "/csat",
      authorize: async () => ({ workspaceId, userId: "olivia", role: "owner" }),
    });
    const serve = toNodeListener(handle);
    const listener: RequestListener = (incoming, outgoing) => void serve(incoming, outgoing);
    return { rounds: await measure({ pool, load, handle, listener }) };
  } finally {
    await load.end();
    await pool.end();
  }
}
