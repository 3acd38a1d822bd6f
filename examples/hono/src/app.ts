import { Hono } from "hono";

/** Mounts CSAT on Hono. Middleware that guards your own routes stays on their paths: the links of mails carry no session. */
export function createApp(
  handler: (request: Request) => Promise<Response>,
  sampleLink: () => Promise<string>,
): Hono {
  const app = new Hono();
  app.all("/csat/*", (context) => handler(context.req.raw));
  app.get("/", async (context) => context.redirect(await sampleLink()));
  return app;
}
