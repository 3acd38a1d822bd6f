import { Hono } from "hono";
import { pageFrame } from "./page-frame.ts";
import { webhooksPage } from "./pages/webhooks-page.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { forms, readForm } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { mayManageSurveys } from "./users.ts";
import { bodyOf, listNewestReceived, listReceived } from "./webhooks/received.ts";
import { receiverOf, setReceiverMode } from "./webhooks/receivers.ts";

/** The Webhooks page, its forms, and what the built-in receiver got. */
export function webhookRoutes({ database, csat, clock }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();

  for (const path of ["/webhooks/*", "/api/webhooks/*"]) {
    routes.use(path, async (context, next) => {
      if (!mayManageSurveys(context.var.user))
        refuse(403, "forbidden", "Only owners and admins see webhooks.");
      await next();
    });
  }

  routes.get("/api/webhooks/received", async (context) => {
    const deliveries = await listReceived(database, context.var.user.workspaceId);
    return context.json(
      deliveries.map((delivery) => {
        const { headers, raw, verified, answered, receivedAt } = delivery;
        return { headers, body: bodyOf(delivery), raw, verified, answered, receivedAt };
      }),
    );
  });

  routes.get("/webhooks", async (context) => {
    const { workspaceId } = context.var.user;
    const [receiver, events, received] = await Promise.all([
      receiverOf(database, workspaceId),
      csat.listEvents(workspaceId, { limit: 50 }),
      listNewestReceived(database, workspaceId),
    ]);
    const frame = pageFrame(context, "Webhooks", clock);
    return context.html(webhooksPage(frame, { receiver, events: events.items, received }));
  });

  routes.post("/webhooks/receiver", async (context) => {
    const { mode } = await readForm(context, forms.receiver);
    await setReceiverMode(database, { workspaceId: context.var.user.workspaceId, mode });
    return context.redirect("/webhooks?done=saved", 303);
  });

  routes.post("/webhooks/test", async (context) => {
    const tried = await csat.sendTestEvent(context.var.user.workspaceId);
    const done = tried.length === 0 ? "nobody" : tried.every(({ ok }) => ok) ? "test-taken" : "test-failed";
    return context.redirect(`/webhooks?done=${done}`, 303);
  });

  routes.post("/webhooks/:eventId/replay", async (context) => {
    const isDue = await csat.replayEvent(context.var.user.workspaceId, context.req.param("eventId"));
    if (!isDue) refuse(404, "not_found", "There is no such event with a delivery that was given up.");
    return context.redirect("/webhooks?done=replayed", 303);
  });

  return routes;
}
