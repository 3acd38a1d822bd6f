import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Csat, createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import {
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import { csatViews } from "@csat/ui";
import { sampleDesk } from "@csat-examples/sample-desk";
import { onTestFinished } from "vitest";

/** What the host's page lets happen: its own files and requests, nothing inline. */
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<script type="module" src="/host.js"></script><main></main><footer>The host's own foot</footer></html>`;

/** Asks with a token, as hosts do that know no cookies. */
const script = `import "/csat/assets/csat-view.js";
const view = document.createElement("csat-view");
window.told = [];
for (const name of ["csat-navigate", "csat-error"]) view.addEventListener(name, ({ type, detail }) => window.told.push([type, detail]));
view.headers = async () => ({ authorization: "Bearer " + (window.token ?? "good") });
view.setAttribute("src", new URLSearchParams(location.search).get("src") ?? "/csat/api/analytics");
document.querySelector("main").append(view);`;

/** A form as views make them, with everything that script adds to. */
function settingsForm(name: string): Response | null {
  if (name !== "settings") return null;
  const form = `<section class="csat"><h1>Settings</h1><form method="post" action="/csat/api/settings" data-csat-form="guarded">
<label><input type="checkbox" name="enabled" checked> On</label>
<label>Subject <input name="subject" value="How was it?"></label>
<label>Body <textarea name="bodyIntro">Hello .</textarea></label>
<button type="button" data-insert="{{customer_name}}" data-tip="The customer's name">Customer's name</button>
<button>Save</button>
<button formaction="/csat/api/settings/preview" formtarget="csat-preview">Preview</button></form>
<iframe name="csat-preview" title="The mail"></iframe><p data-csat-subject></p>
<a href="/csat/api/analytics">Analytics</a> <a href="/tickets/1">Ticket</a></section>`;
  return new Response(form, {
    headers: {
      "content-type": "text/html",
      "x-csat-title": "Settings",
      "content-security-policy": "default-src 'none'",
    },
  });
}

/** What stands behind a host's page. */
export interface HostPage {
  /** Thirty days of surveys; nothing by default. */
  readonly hasHistory?: boolean;
}

/** Serves a page of a host with `<csat-view>` in it, over memory, until the test ends. */
export async function aHostPage({ hasHistory = false }: HostPage = {}) {
  const web = createServer().listen(0, "127.0.0.1");
  await once(web, "listening");
  // It listens on TCP, so its address is an object.
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const csat = hasHistory ? await aDeskWithHistory(`${origin}/csat`) : anEmptyDesk(`${origin}/csat`);
  const views = csatViews({ basePath: "/csat" });
  const handler = createHandler(csat, {
    basePath: "/csat",
    authorize: async (request) =>
      request.headers.get("authorization") === "Bearer good"
        ? { workspaceId: "acme", userId: "olivia", role: "owner" }
        : null,
    views: {
      ...views,
      render: async (name, data, request) => settingsForm(name) ?? views.render(name, data, request),
    },
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
  onTestFinished(async () => {
    web.close();
    web.closeAllConnections();
    await once(web, "close");
  });
  return { origin, csat, asked };
}

function anEmptyDesk(publicUrl: string): Csat {
  return createCsat({
    storage: memoryStorage(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    scheduler: inProcessScheduler(),
    webhooks: memoryWebhookTransport({ endpoints: [] }),
    publicUrl,
  });
}

async function aDeskWithHistory(publicUrl: string): Promise<Csat> {
  const { csat, close } = await sampleDesk({ publicUrl });
  onTestFinished(close);
  return csat;
}
