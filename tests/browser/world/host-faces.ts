import type { Page } from "playwright-core";
import type { Face } from "./faces.ts";
import { cut } from "./fill-host.ts";

const narrow = { width: 320, height: 720 };
const named = ["none", "scheduled", "failed", "answered", "left-out", "asked-again"];
const tickets = [...named, "sent", "gone", cut(20)];
const words = [...named, "awaiting", "canceled", "hostile"];
const openWhy = async (page: Page) => await page.getByText("Why?").click();

/** Views as pages of their own and inside `<csat-view>`, with what outsiders may write in them. */
export const hostFaces: readonly Face[] = [
  ...tickets.flatMap((ticketId, place): readonly Face[] => {
    const [path, name] = [`/csat/api/tickets/${encodeURIComponent(ticketId)}`, words[place]];
    return [
      { name: `panel-${name}`, path, screen: narrow },
      { name: `panel-${name}-why`, path, screen: { width: 272, height: 720 }, prepare: openWhy },
      inElement({ name: `panel-${name}`, path, screen: narrow }, "280px"),
    ];
  }),
  { name: "explain", path: "/csat/api/tickets/failed/explain" },
  { name: "settings-alone", path: "/csat/api/settings" },
  inElement({ name: "settings", path: "/csat/api/settings" }),
  inElement({ name: "settings-narrow", path: "/csat/api/settings", screen: narrow }),
  { name: "webhooks-alone", path: "/csat/api/webhooks" },
  { name: "webhooks-alone-narrow", path: "/csat/api/webhooks", screen: narrow },
  { name: "webhooks-alone-replayed", path: "/csat/api/webhooks?replayed=1" },
  inElement({ name: "webhooks", path: "/csat/api/webhooks?dead" }),
  { name: "webhook-tested", path: "/csat/api/webhooks", prepare: sendTestEvent },
  { name: "dashboard-alone", path: "/csat/api/analytics" },
  inElement({ name: "dashboard", path: "/csat/api/analytics" }),
  { name: "error-alone", path: "/csat/api/analytics?days=8" },
  inElement({ name: "loading", path: "/csat/api/analytics", before: holdBack, isLoading: true }),
  inElement({
    name: "loading-panel",
    path: "/csat/api/tickets/answered",
    before: holdBack,
    isLoading: true,
    screen: narrow,
  }),
];

function inElement(face: Face & { readonly isLoading?: boolean }, width = ""): Face {
  const { name, path, isLoading, ...rest } = face;
  const src = `/?src=${encodeURIComponent(path)}&width=${width}`;
  const prepare = async (page: Page) => {
    const shown = page.locator(isLoading ? "csat-view[aria-busy]" : "csat-view section");
    await shown.first().waitFor();
  };
  return { ...rest, name: `element-${name}`, path: src, prepare };
}

async function holdBack(page: Page): Promise<void> {
  // Never answered: what shows is the skeleton. The next face asks for another address.
  await page.route(/csat\/assets\/csat\.css/, () => {}, { times: 1 });
}

async function sendTestEvent(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByRole("heading", { name: "Test event" }).waitFor();
}
