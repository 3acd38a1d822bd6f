import { createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import type { Page } from "playwright-core";

/** A link that is asked for too often, once `wearOut` was called. */
export const wornOutPath = "/csat/r/worn-out?rating=4";

/**
 * Lets a page find the link worn out: a handler whose limiter lets nobody through answers it. The demo's own limiter
 * would take thousands of requests within one of its minutes.
 */
export async function wearOut(page: Page): Promise<void> {
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    publicUrl: "https://desk.example/csat",
  });
  const handler = createHandler(csat, {
    basePath: "/csat",
    authorize: async () => null,
    allowRequest: async () => false,
  });
  await page.route(`**${wornOutPath}`, async (route) => {
    const request = route.request();
    const response = await handler(new Request(request.url(), { headers: request.headers() }));
    const { status, headers } = response;
    await route.fulfill({ status, headers: Object.fromEntries(headers), body: await response.text() });
  });
}
