import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { assetRoutes } from "./assets.ts";
import { refuseCrossSite } from "./cross-site.ts";
import { csatPages } from "./csat-pages.ts";
import { demoRoutes } from "./demo-routes.ts";
import { answerError, answerNotFound } from "./error-answers.ts";
import { formRoutes } from "./form-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { pagePolicy } from "./pages/page-policy.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { maxBodyBytes } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { sessionRoutes } from "./session-routes.ts";
import { ticketRoutes } from "./ticket-routes.ts";
import { callerOf } from "./users.ts";
import { webhookRoutes } from "./webhook-routes.ts";

/** The whole helpdesk as one fetch handler, with the library's own under `/csat`. */
export function helpdeskApp({
  parts,
  csatHandler,
  origins,
}: {
  readonly parts: HelpdeskParts;
  readonly csatHandler: (request: Request) => Promise<Response>;
  /** Where browsers reach the helpdesk; their pages may change things. */
  readonly origins: readonly string[];
}): Hono<HelpdeskEnvironment> {
  const app = new Hono<HelpdeskEnvironment>();
  app.onError((error, context) => answerError(error, context, parts.clock));
  app.notFound((context) => answerNotFound(context, parts.clock));

  app.use(async (context, next) => {
    // Node hands on any Host header, also one that no URL can hold.
    if (!URL.canParse(context.req.url)) {
      const error = { code: "invalid_input", message: "The request's Host header is no host name." };
      return context.json({ error }, 400);
    }
    await parts.clock.refresh();
    return next();
  });
  // Before everything that reads a body or asks who is there: the library does both itself.
  app.all("/csat/*", (context) => csatHandler(context.req.raw));

  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has("content-security-policy")) {
      context.header("content-security-policy", pagePolicy);
    }
    context.header("x-content-type-options", "nosniff");
    context.header("referrer-policy", "same-origin");
  });
  app.route("/assets", assetRoutes());
  app.use(refuseCrossSite(origins));
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => refuse(413, "payload_too_large", "A body may have 64 KiB at most: send less at once."),
    }),
  );
  app.route("/", sessionRoutes());
  app.use(async (context, next) => {
    const user = callerOf(context.req.raw.headers);
    if (user === null) refuse(401, "unauthorized", "Nobody has this user id: choose one of the user menu.");
    context.set("user", user);
    await next();
  });
  app.route("/api/tickets", ticketRoutes(parts));
  app.route("/api", demoRoutes(parts));
  app.route("/", webhookRoutes(parts));
  app.route("/", pageRoutes(parts));
  app.route("/", formRoutes(parts));
  app.route("/", csatPages(csatHandler));
  return app;
}
