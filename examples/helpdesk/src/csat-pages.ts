import { type Context, Hono } from "hono";
import type { HelpdeskEnvironment } from "./parts.ts";
import { refuse } from "./refuse.ts";
import { mayManageSurveys } from "./users.ts";

// Addresses of the helpdesk, and the library's views that stand there.
const places = [
  { path: "/settings/csat", view: "settings", what: "see or change the survey settings" },
  {
    path: "/settings/customers",
    view: "customers/suppressed",
    what: "see which customers are not asked",
  },
  { path: "/webhooks", view: "webhooks", what: "see webhooks" },
  { path: "/analytics/csat", view: "analytics", what: "see the figures" },
  // Everybody's own answers: the library's handler knows whose from `authorize`.
  { path: "/my-csat", view: "my/analytics", what: null },
];

/** Settings → CSAT, Analytics → CSAT, My CSAT and Webhooks: the library's handler answers, asked for a page. */
export function csatPages(csatHandler: (request: Request) => Promise<Response>) {
  const routes = new Hono<HelpdeskEnvironment>();
  for (const { path, view, what } of places) {
    routes.get(path, (context: Context<HelpdeskEnvironment>) => {
      if (what !== null && !mayManageSurveys(context.var.user))
        refuse(403, "forbidden", `Only owners and admins ${what}.`);
      const url = new URL(context.req.url);
      url.pathname = `/csat/api/${view}`;
      const headers = new Headers(context.req.raw.headers);
      headers.set("accept", "text/html");
      return csatHandler(new Request(url, { headers }));
    });
  }
  return routes;
}
