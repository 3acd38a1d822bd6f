import { html, raw } from "hono/html";
import { type DemoUser, mayManageSurveys, users, workspaceName } from "../users.ts";
import { formatTime } from "./format.ts";

/** A piece of a page; what is put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** What every page needs besides its own content. */
export interface PageFrame {
  readonly title: string;
  /** Null where nobody is known: the page then offers the user menu alone. */
  readonly user: DemoUser | null;
  readonly now: Date;
  /** Where the clock and the user menu lead back to. */
  readonly path: string;
  /** One sentence about what was just done; null for none. */
  readonly notice?: string | null;
  /** The page holds a view of the library, which brings its style and script. */
  readonly isCsat?: boolean;
}

// In this order: later sheets refine earlier ones.
const styleSheets = ["base.css", "forms.css", "content.css", "frame.css", "narrow.css"];

const clockSteps = [
  { label: "+1 h", ms: 3_600_000 },
  { label: "+24 h", ms: 86_400_000 },
  { label: "+3 days", ms: 259_200_000 },
];

/** A whole page around its content. */
export function page(frame: PageFrame, content: Html): Html {
  const { title, user, now, path, notice } = frame;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${user === null ? "Helpdesk" : workspaceName(user.workspaceId)}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${styleSheets.map((name) => html`<link rel="stylesheet" href="/assets/${name}">`)}
<script src="/assets/helpdesk.js" defer></script>
${frame.isCsat ? html`<link rel="stylesheet" href="/csat/assets/csat.css"><script src="/csat/assets/csat-view.js" type="module"></script>` : ""}
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="bar">
  <a class="brand" href="/">${user === null ? "Helpdesk" : workspaceName(user.workspaceId)} <span>helpdesk</span></a>
  ${user === null ? "" : navigation(user, path)}
  ${userMenu(user, path)}
</header>
${user === null ? "" : clockBar(now, path)}
<main id="content" tabindex="-1">
${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}
${content}
</main>
</body>
</html>`;
}

function navigation(user: DemoUser, path: string): Html {
  const places = [
    {
      href: "/",
      label: "Tickets",
      isHere: path === "/" || path.startsWith("/tickets") || path.startsWith("/?"),
    },
    { href: "/inbox", label: "Inbox", isHere: path.startsWith("/inbox") },
  ];
  const is = (...starts: readonly string[]) => starts.some((start) => path.startsWith(start));
  if (mayManageSurveys(user)) {
    places.push({ href: "/analytics/csat", label: "Analytics", isHere: is("/csat/api/analytics") });
    places.push({
      href: "/settings/csat",
      label: "Settings",
      isHere: is("/settings", "/csat/api/settings", "/csat/api/customers"),
    });
    places.push({ href: "/webhooks", label: "Webhooks", isHere: is("/webhooks", "/csat/api/webhooks") });
  } else {
    places.push({ href: "/my-csat", label: "My CSAT", isHere: is("/my-csat", "/csat/api/my/") });
  }
  return html`<nav aria-label="Main">${places.map(
    ({ href, label, isHere }) =>
      html`<a href="${href}" ${isHere ? raw('aria-current="page"') : ""}>${label}</a>`,
  )}</nav>`;
}

function userMenu(user: DemoUser | null, path: string): Html {
  return html`<details class="menu">
    <summary>${user === null ? "Choose who you are" : html`${user.name} <small>${user.role}</small>`}</summary>
    <form method="post" action="/session">
      <input type="hidden" name="back" value="${path}">
      ${users.map(
        ({ id, name, role, workspaceId }) => html`<button name="user" value="${id}"
          ${id === user?.id ? raw('aria-current="true"') : ""}>${name} <small>${role}, ${workspaceName(workspaceId)}</small></button>`,
      )}
    </form>
  </details>`;
}

function clockBar(now: Date, path: string): Html {
  return html`<form class="clock" aria-label="The demo's clock" method="post" action="/clock">
    <span>The demo's clock: <time datetime="${now.toISOString()}">${formatTime(now)}</time></span>
    <input type="hidden" name="back" value="${path}">
    ${clockSteps.map(({ label, ms }) => html`<button class="small" name="ms" value="${ms}">${label}</button>`)}
  </form>`;
}
