import { Hono } from "hono";
import { listMails } from "./inbox.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { bodies, readJson } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { seedHistory } from "./seed/seed-history.ts";
import { mayManageSurveys } from "./users.ts";

/** What a demo has and a real helpdesk has not: the customers' mails, and a clock that can be moved on. */
export function demoRoutes(parts: HelpdeskParts) {
  const { database, clock, background } = parts;
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

  routes.post("/seed", async (context) => {
    const caller = context.get("user");
    if (!mayManageSurveys(caller)) {
      refuse(403, "forbidden", "Only owners and admins may seed a history.");
    }
    const order = await readJson(context, bodies.seed);
    const made = await seedHistory(parts, { workspaceId: caller.workspaceId, order });
    return context.json(made, made.repeated ? 200 : 201);
  });

  return routes;
}
