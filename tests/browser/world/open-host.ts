import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Csat, createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import {
  fakeClock,
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import { type CsatViews, type CsatViewsOptions, csatViews } from "@csat/ui";

/** What the host's page lets happen: its own files and requests, nothing inline, no text made HTML but by our policy. */
const strictPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
  "require-trusted-types-for 'script'; trusted-types csat-view";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<script type="module" src="/host.js"></script><main></main><footer>The host's own foot</footer></html>`;

/** Asks with a token, as hosts do that know no cookies. */
const script = `import "/csat/assets/csat-view.js";
const asked = new URLSearchParams(location.search);
const view = document.createElement("csat-view");
window.told = [];
for (const name of ["csat-navigate", "csat-error"]) view.addEventListener(name, ({ type, detail }) => window.told.push([type, detail]));
view.headers = async () => ({ authorization: "Bearer " + (window.token ?? "good") });
view.setAttribute("src", asked.get("src") ?? "/csat/api/analytics");
view.style.maxWidth = asked.get("width") ?? "";
document.querySelector("main").append(view);`;

/** A host whose pages hold `<csat-view>`, over memory. Its clock stands at 15:00 UTC on 30 November 2026. */
export type Host = Awaited<ReturnType<typeof openHost>>;

/** Who may ask, and what for. */
interface HostOptions {
  /** Also answers browsers without the element's token, for views as pages of their own. */
  readonly isOpen: boolean;
  /** In place of an empty desk, which alone is moved by the host's clock, mailer, tickets and webhooks. */
  readonly deskAt?: (publicUrl: string) => Promise<Csat>;
  /** The page's content security policy, in place of the strict one. */
  readonly policy?: string;
  /** Whose pages may show its views beside its own. */
  readonly allowedOrigins?: readonly string[];
}

/** Serves the host until it is closed. */
export async function openHost({ isOpen, deskAt, policy = strictPolicy, allowedOrigins = [] }: HostOptions) {
  const web = createServer().listen(0, "127.0.0.1");
  await once(web, "listening");
  // It listens on TCP, so its address is an object.
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const clock = fakeClock("2026-11-30T15:00:00Z");
  const [mailer, tickets, webhooks] = [memoryMailer(), memoryTickets(), memoryWebhookTransport()];
  const publicUrl = `${origin}/csat`;
  const csat =
    (await deskAt?.(publicUrl)) ??
    createCsat({
      storage: memoryStorage({ clock }),
      scheduler: inProcessScheduler({ clock }),
      mailer,
      tickets,
      webhooks,
      clock,
      publicUrl,
    });
  const handler = createHandler(csat, {
    basePath: "/csat",
    authorize: async (request) =>
      isOpen ||
      request.headers.get("authorization") === "Bearer good" ||
      request.headers.get("cookie") === "session=good"
        ? { workspaceId: "acme", userId: "olivia", role: "owner" }
        : null,
    allowedOrigins,
    views: withLink({
      basePath: "/csat",
      ...(deskAt === undefined ? { now: () => clock.now() } : {}),
      ticketUrl: (ticketId) => `/tickets/${encodeURIComponent(ticketId)}`,
    }),
  });
  const asked: string[] = [];
  const listener = toNodeListener(async (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    if (pathname.startsWith("/csat/")) return await handler(request);
    if (pathname === "/host.js") {
      return new Response(script, { headers: { "content-type": "text/javascript" } });
    }
    return new Response(page, {
      headers: { "content-type": "text/html", "content-security-policy": policy },
    });
  });
  web.on("request", (incoming, outgoing) => void listener(incoming, outgoing));
  const close = async () => {
    web.close();
    web.closeAllConnections();
    await once(web, "close");
  };
  return { origin, csat, clock, mailer, tickets, webhooks, asked, close };
}

/** The library's views, with a link of the host's own below the settings in the element. */
function withLink(options: CsatViewsOptions): CsatViews {
  const views = csatViews(options);
  return {
    ...views,
    render: async (name, data, request) => {
      const response = await views.render(name, data, request);
      if (name !== "settings" || !request.headers.has("x-csat-embed")) return response;
      const link = '<p class="csat"><a href="/csat/api/analytics">Analytics</a></p>';
      return new Response((await response.text()) + link, { headers: response.headers });
    },
  };
}
