import { cutText, isBlank, type Theme } from "@csat/core";
import { html, raw } from "hono/html";
import type { PageLocale } from "./locale.ts";
import { pageCss } from "./style.ts";

/** A piece of escaped HTML, as the `html` tag of hono makes it. */
export type Html = ReturnType<typeof html>;

/** What every page wears. */
export interface Look {
  /** Blank or null where it is unknown: the card then has no head line. */
  readonly workspaceName: string | null;
  readonly theme: Theme;
  readonly colorScheme: "light" | "dark" | "auto";
  readonly locale: PageLocale;
}

/** One page: its look, its tab title, what stands in the card. */
export interface PageContent {
  readonly look: Look;
  readonly title: string;
  readonly card: Html;
}

/** The whole document and its style sheet. It asks for nothing from elsewhere, an icon included. */
export async function layout({ look, title, card }: PageContent): Promise<{ html: string; css: string }> {
  const { theme, colorScheme, locale } = look;
  const css = pageCss(theme, colorScheme);
  const document = await html`<!doctype html>
<html lang="${locale.tag}" dir="${locale.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(css)}</style>
</head>
<body>
<main>
${head(look)}${card}
</main>
</body>
</html>
`;
  return { html: document.toString(), css };
}

function head({ workspaceName, theme }: Look): Html {
  const name = isBlank(workspaceName ?? "") ? "" : (workspaceName ?? "").trim();
  if (name === "" && theme.logo === null) return html``;
  const logo = theme.logo === null ? "" : html`<img src="${theme.logo}" alt="">`;
  return html`<header>${logo}<bdi>${cutText({ text: name, maxLength: 80 })}</bdi></header>
`;
}
