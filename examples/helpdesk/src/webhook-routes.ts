import { Hono } from "hono";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { forms, readForm } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { mayManageSurveys } from "./users.ts";
import { bodyOf, listReceived } from "./webhooks/received.ts";
import { setReceiverMode } from "./webhooks/receivers.ts";

/** What the built-in receiver got, and how it is to behave. The page is the library's: see `csat-views.ts`. */
export function webhookRoutes({ database }: HelpdeskParts) {
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

  routes.post("/webhooks/receiver", async (context) => {
    const { mode } = await readForm(context, forms.receiver);
    await setReceiverMode(database, { workspaceId: context.var.user.workspaceId, mode });
    return context.redirect("/webhooks?done=saved", 303);
  });

  return routes;
}
