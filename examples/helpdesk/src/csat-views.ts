import type { Clock, CsatIssue, WorkspaceSettings } from "@csat/core";
import type { ViewData } from "@csat/http";
import { type CsatViews, csatViews } from "@csat/ui";
import { html, raw } from "hono/html";
import { errorPage } from "./pages/error-page.ts";
import { type Html, page } from "./pages/layout.ts";
import { pagePolicy } from "./pages/page-policy.ts";
import { type SettingsForm, settingsPage } from "./pages/settings-page.ts";
import { callerOf, userOf } from "./users.ts";

/** Draws the library's settings and refusals as pages of the helpdesk; its other answers stay JSON. */
export function helpdeskViews(clock: Clock): CsatViews {
  const library = csatViews({
    basePath: "/csat",
    now: () => clock.now(),
    operatorNames: async (workspaceId, ids) => ids.flatMap((id) => userOf(workspaceId, id) ?? []),
    layout: async ({ title, content }, request) => {
      const { pathname, search } = new URL(request.url);
      const frame = {
        title,
        user: callerOf(request.headers),
        now: clock.now(),
        path: pathname + search,
        isCsat: true,
      };
      return await respond(page(frame, html`${raw(content)}`));
    },
  });
  return {
    ...library,
    render: async (view, data, request) => {
      const frame = {
        title: "Settings",
        user: callerOf(request.headers),
        now: clock.now(),
        path: "/settings/csat",
      };
      switch (view) {
        case "settings":
          return respond(settingsPage(frame, savedForm(viewData(view, data))));
        case "settings-refused":
          return respond(settingsPage(frame, refusedForm(viewData(view, data))));
        case "error":
          return respond(
            errorPage(
              { ...frame, title: "That did not work", path: "/" },
              viewData(view, data).error.message,
            ),
          );
        default:
          return library.render(view, data, request);
      }
    },
  };
}

/** The saved settings as a form shows them. */
export function savedForm(settings: WorkspaceSettings): SettingsForm {
  const { enabled, sendDelay, subject, bodyIntro } = settings;
  return { enabled, sendDelay, subject: subject ?? "", bodyIntro: bodyIntro ?? "", errors: new Map() };
}

function refusedForm({ error, typed }: ViewData["settings-refused"]): SettingsForm {
  const issues = error.issues ?? [{ path: "", message: error.message }];
  return {
    enabled: typed.enabled === "true",
    sendDelay: typed.sendDelay ?? "",
    subject: typed.subject ?? "",
    bodyIntro: typed.bodyIntro ?? "",
    errors: new Map(issues.map((issue) => [issue.path, issueWords(issue)])),
  };
}

/** What is wrong with a setting, as a sentence. */
export function issueWords({ path, message }: CsatIssue): string {
  const field = fieldWords.get(path);
  return field === undefined ? message : `${field} ${message}.`;
}

const fieldWords: ReadonlyMap<string, string> = new Map([
  ["subject", "The subject"],
  ["bodyIntro", "The text"],
  ["sendDelay", "The delay"],
  ["enabled", "The switch"],
]);

function viewData<View extends keyof ViewData>(_: View, data: unknown): ViewData[View] {
  // The handler passes each view the data that ViewData lists under its name.
  return data as ViewData[View];
}

async function respond(body: Html): Promise<Response> {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": pagePolicy };
  return new Response(String(await body), { headers });
}
