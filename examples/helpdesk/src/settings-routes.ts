import { isCsatError, type WorkspaceSettings } from "@csat/core";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { issueWords, savedForm } from "./csat-views.ts";
import { mailDocument } from "./mail-document.ts";
import { pageFrame } from "./page-frame.ts";
import { settingsPage } from "./pages/settings-page.ts";
import type { HelpdeskEnvironment, HelpdeskParts } from "./parts.ts";
import { forms, readForm } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { mayManageSurveys } from "./users.ts";

/** Settings → CSAT, and the preview in its frame. Saving is the library's own route. */
export function settingsRoutes({ csat, clock }: HelpdeskParts) {
  const routes = new Hono<HelpdeskEnvironment>();

  routes.use(async (context, next) => {
    if (!mayManageSurveys(context.var.user)) {
      refuse(403, "forbidden", "Only owners and admins see or change the survey settings.");
    }
    await next();
  });

  routes.get("/csat", async (context) => {
    const settings = await csat.getSettings(context.var.user.workspaceId);
    return context.html(settingsPage(pageFrame(context, "Settings", clock), savedForm(settings)));
  });

  routes.get("/csat/preview", (context) => preview(context, {}));
  routes.post("/csat/preview", async (context) => preview(context, await readForm(context, forms.preview)));

  async function preview(context: Context<HelpdeskEnvironment>, change: Partial<WorkspaceSettings>) {
    try {
      const mail = await csat.previewEmail(context.var.user.workspaceId, change);
      const subject =
        await html`<p style="margin:0;padding:12px 16px;font:14px/1.4 system-ui,sans-serif">${mail.subject}</p>`;
      const { html: document, policy } = mailDocument(mail.html, String(subject));
      return context.html(document, 200, { "content-security-policy": policy });
    } catch (error) {
      if (!isCsatError(error, "invalid_input")) throw error;
      const sentences = error.issues.map(issueWords).join(" ");
      const { html: document, policy } = mailDocument(
        String(await html`<p>${sentences || error.message}</p>`),
      );
      return context.html(document, 400, { "content-security-policy": policy });
    }
  }

  return routes;
}
