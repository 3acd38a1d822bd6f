import type { RequestListener } from "node:http";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { migrate } from "@csat/postgres";
import { Pool } from "pg";
import {
  benchDesk,
  benchTickets,
  comment,
  type DeskParts,
  mailedSurveys,
  workspaceId,
} from "./bench-desk.ts";
import { alternate } from "./bench-path.ts";
import { httpLoad } from "./http-load.ts";
import { median } from "./measure.ts";

const names = ["team", "product", "region", "tier", "tags"];

/** Five attributes to cut figures by, each of ten values. */
const sliced: DeskParts = {
  attributes: Object.fromEntries(names.map((name) => [name, { slice: true }])),
  tickets: {
    ...benchTickets,
    getTickets: async (workspace, ids) =>
      (await benchTickets.getTickets(workspace, ids)).map((ticket, place) => ({
        ...ticket,
        attributes: Object.fromEntries(names.map((name, n) => [name, `value ${(place * 7 + n) % 10}`])),
      })),
  },
};

/** The medians of answers a second, without attributes and with five to cut by, and of their quotients by round. */
export async function measureSlicedAnswers(
  url: string,
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<{ readonly plain: number; readonly sliced: number; readonly ratio: number }> {
  const pool = new Pool({ connectionString: url, max: 10 });
  const load = await httpLoad();
  try {
    await migrate(pool);
    const side = async (name: string, parts: DeskParts) => {
      const webhooks = { endpointsFor: async () => [], deliver: async () => ({ ok: true }) as const };
      const csat = await benchDesk(pool, { ...parts, webhooks });
      const authorize = async () => ({ workspaceId, userId: "olivia", role: "owner" }) as const;
      const serve = toNodeListener(createHandler(csat, { basePath: "/csat", authorize }));
      const listener: RequestListener = (incoming, outgoing) => void serve(incoming, outgoing);
      const tokens: (readonly string[])[] = [];
      for (let round = 0; round <= rounds; round++)
        tokens.push(await mailedSurveys(pool, { prefix: `${name}-${round}`, count, parts }));
      return (round: number) =>
        load.perSecond(listener, {
          requests: (tokens[round] ?? []).map((token, place) => ({
            path: `/csat/r/${token}`,
            method: "POST",
            headers: { "content-type": "application/json", accept: "application/json" },
            body: JSON.stringify({ rating: (place % 5) + 1, comment }),
          })),
          expectedStatus: 201,
        });
    };
    const [ours, raw] = [await side("sliced", sliced), await side("plain", {})];
    await pool.query("vacuum analyze");
    const measured = await alternate(rounds, { ours, raw });
    return {
      plain: median(measured.map(({ raw: plain }) => plain ?? 0)),
      sliced: median(measured.map((round) => round.ours)),
      ratio: median(measured.map((round) => round.ours / (round.raw ?? 0))),
    };
  } finally {
    await load.end();
    await pool.end();
  }
}
