import { timingSafeEqual } from "node:crypto";
import type { Csat } from "@csat/core";
import { createHandler, fixedWindowLimiter } from "@csat/http";
import type { DrizzleTx } from "@csat/postgres";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { Logger } from "pino";
import { ZodError } from "zod";
import { clientAddress } from "./client-address.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { healthRoutes } from "./health.ts";
import { ticketRoutes } from "./ticket-routes.ts";

/** Everything the web process answers: health, the helpdesk's API, and the library under `/csat`. */
export function webApp(parts: {
  readonly config: Config;
  readonly csat: Csat<DrizzleTx>;
  readonly database: Database;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
}): Hono {
  const { config, csat, database, logger, isStopping } = parts;
  const basePath = new URL(config.PUBLIC_URL).pathname.replace(/\/$/, "");
  // A Request does not say whose connection it came over.
  const connections = new WeakMap<Request, string>();
  const csatHandler = createHandler(csat, {
    basePath,
    // One key for the whole helpdesk: a real one looks up its session here.
    authorize: async (request) => {
      if (!isKey(request.headers.get("authorization"), config.API_KEY)) return null;
      const workspaceId = request.headers.get("x-workspace");
      return workspaceId === null ? "forbidden" : { workspaceId, userId: "api", role: "owner" };
    },
    allowRequest: fixedWindowLimiter({
      perToken: 30,
      perAddress: 300,
      windowMs: 60_000,
      addressOf: (request) =>
        clientAddress({
          connection: connections.get(request) ?? "unknown",
          forwardedFor: request.headers.get("x-forwarded-for"),
          trustedProxies: config.TRUSTED_PROXIES,
        }),
    }),
    onError: (error) => logger.error({ error: nameOf(error) }, "the csat handler failed"),
  });
  return new Hono()
    .use(async (context, next) => {
      const begun = performance.now();
      await next();
      // The route, never the path: the path of a survey holds its token.
      const route = context.req.path.startsWith(`${basePath}/`) ? `${basePath}/*` : routePath(context);
      const tookMs = Math.round(performance.now() - begun);
      logger.debug({ method: context.req.method, route, status: context.res.status, tookMs }, "answered");
    })
    .route("/", healthRoutes({ csat, isStopping }))
    .all(`${basePath}/*`, (context) => {
      const request = context.req.raw;
      connections.set(request, getConnInfo(context).remote.address ?? "unknown");
      return csatHandler(request);
    })
    .use("/api/*", bearerAuth({ token: config.API_KEY }), bodyLimit({ maxSize: 64 * 1024 }))
    .route("/api", ticketRoutes({ csat, database }))
    .onError((error, context) => {
      if (error instanceof HTTPException) return error.getResponse();
      if (error instanceof ZodError || error instanceof SyntaxError) {
        return context.json(
          { error: { code: "invalid_input", message: "The body is not what this route takes." } },
          400,
        );
      }
      logger.error({ error: nameOf(error) }, "a request failed");
      return context.json({ error: { code: "internal", message: "Try again in a moment." } }, 500);
    });
}

function isKey(header: string | null, key: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
