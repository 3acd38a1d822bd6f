import { Hono } from "hono";
import { listMails } from "./inbox.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { bodies, readJson } from "./read-body.ts";

/** What a demo has and a real helpdesk has not: the customers' mails, and a clock that can be moved on. */
export function demoRoutes({ database, clock, background }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();

  routes.get("/inbox", async (context) => {
    const mails = await listMails(database);
    return context.json(
      mails.map(({ recipient: to, sender: from, subject, text, html, raw, receivedAt }) => ({
        to,
        from,
        subject,
        text,
        html,
        raw,
        receivedAt,
      })),
    );
  });

  routes.get("/clock", (context) => context.json({ now: clock.now() }));

  routes.post("/clock/advance", async (context) => {
    const { ms } = await readJson(context, bodies.advance);
    await background.advance(ms);
    return context.json({ now: clock.now() });
  });

  return routes;
}
