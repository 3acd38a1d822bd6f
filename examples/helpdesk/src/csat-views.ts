import { acceptedLocales } from "@csat/core";
import { type CsatViews, csatViews } from "@csat/ui";
import { html, raw } from "hono/html";
import type { DemoClock } from "./clock.ts";
import type { HelpdeskDatabase } from "./database.ts";
import { frameOf } from "./page-frame.ts";
import { type Html, page } from "./pages/layout.ts";
import { pagePolicy } from "./pages/page-policy.ts";
import { receivedCard, receiverCard } from "./pages/receiver-cards.ts";
import { callerOf } from "./users.ts";
import { listNewestReceived } from "./webhooks/received.ts";
import { receiverOf } from "./webhooks/receivers.ts";

/** The library's views, each inside the frame of the helpdesk. */
export function helpdeskViews({
  database,
  clock,
}: {
  readonly database: HelpdeskDatabase;
  readonly clock: DemoClock;
}): CsatViews {
  return csatViews({
    basePath: "/csat",
    now: () => clock.now(),
    locale: localeOf,
    ticketUrl: (ticketId) => `/tickets/${encodeURIComponent(ticketId)}`,
    layout: async ({ name, title, content }, request) => {
      const user = callerOf(request.headers);
      const view = html`${raw(content)}`;
      const shown =
        name === "webhooks" && user !== null
          ? await withReceiver({ database, workspaceId: user.workspaceId, view })
          : view;
      const frame = { ...frameOf(request, { title, user, clock }), isCsat: true };
      const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": pagePolicy };
      return new Response(String(await page(frame, shown)), { headers });
    },
  });
}

// The helpdesk speaks British English; whoever prefers another language has the library's views in it.
function localeOf(request: Request): string {
  const [first = "en"] = acceptedLocales(request.headers.get("accept-language"));
  return first.startsWith("en") ? "en-GB" : first;
}

/** The deliveries as the library knows them, between what its receiver is told to do and what it got. */
async function withReceiver(given: {
  readonly database: HelpdeskDatabase;
  readonly workspaceId: string;
  readonly view: Html;
}): Promise<Html> {
  const { database, workspaceId, view } = given;
  const [receiver, received] = await Promise.all([
    receiverOf(database, workspaceId),
    listNewestReceived(database, workspaceId),
  ]);
  return html`${view} ${receiverCard(receiver)} ${receivedCard(received)}`;
}
