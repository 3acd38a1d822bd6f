import type { Theme } from "@csat/core";
import { type Accent, accentOn } from "./accent.ts";

const surface = { light: "#ffffff", dark: "#1c1f24" };

/** The page's style sheet. It depends on the accent colour and the scheme alone, so that one hash per workspace covers it. */
export function pageCss({ accentColor }: Theme, scheme: "light" | "dark" | "auto" = "auto"): string {
  const light = accentOn(surface.light, accentColor);
  const dark = accentOn(surface.dark, accentColor);
  if (scheme === "light") return `:root{color-scheme:light;${accent(light)}${lightColors}}\n${rules}`;
  if (scheme === "dark") return `:root{color-scheme:dark;${accent(dark)}${darkColors}}\n${rules}`;
  return `:root{color-scheme:light dark;${accent(light)}${lightColors}}
@media (prefers-color-scheme:dark){:root{${accent(dark)}${darkColors}}}
${rules}`;
}

function accent({ fill, text, edge }: Accent): string {
  return `--csat-accent:${fill};--csat-on-accent:${text};--csat-accent-edge:${edge};`;
}

const lightColors =
  "--csat-ink:#1b1e23;--csat-muted:#5c636e;--csat-line:#d5d9df;--csat-edge:#8a919c;" +
  `--csat-surface:${surface.light};--csat-ground:#f3f4f6;--csat-alert:#a3341b`;
const darkColors =
  "--csat-ink:#eceef1;--csat-muted:#a6adb8;--csat-line:#383d45;--csat-edge:#79818c;" +
  `--csat-surface:${surface.dark};--csat-ground:#121417;--csat-alert:#ff9e85`;

const rules = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;padding:16px;display:flex;background:var(--csat-ground);color:var(--csat-ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{width:100%;max-width:480px;margin:auto;padding:24px;background:var(--csat-surface);border:1px solid var(--csat-line);border-radius:8px}
header{display:flex;align-items:center;gap:8px;margin:0 0 16px;color:var(--csat-muted);font-size:14px}
header img{display:block;max-width:96px;height:24px;object-fit:contain}
h1{margin:0;font-size:20px;line-height:1.3;font-weight:600;text-wrap:balance}
p{margin:8px 0 0}
fieldset{min-width:0;margin:0;padding:0;border:0}
legend{padding:0;width:100%}
.scale{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:8px;margin:16px 0 0}
.tile{position:relative;display:block}
.tile input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.tile span:first-of-type{display:flex;align-items:center;justify-content:center;height:56px;border:1px solid var(--csat-edge);border-radius:8px;font-size:20px;font-weight:600}
.tile input:hover+span{border-color:var(--csat-accent-edge);box-shadow:inset 0 0 0 1px var(--csat-accent-edge)}
.tile input:checked+span{background:var(--csat-accent);border-color:var(--csat-accent-edge);box-shadow:inset 0 0 0 1px var(--csat-accent-edge);color:var(--csat-on-accent)}
.tile input:focus-visible+span,textarea:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--csat-ink);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:16px;margin:8px 0 0;color:var(--csat-muted);font-size:14px}
.ends :last-child{text-align:end}
label[for]{display:block;margin:24px 0 8px}
.quiet{color:var(--csat-muted)}
textarea{display:block;width:100%;min-height:96px;padding:8px 12px;border:1px solid var(--csat-edge);border-radius:8px;background:transparent;color:inherit;font:inherit;resize:vertical}
.wrong{color:var(--csat-alert);font-size:14px}
.wrong::before{content:"! ";font-weight:700}
textarea[aria-invalid],fieldset[aria-invalid] .tile span:first-of-type{border-color:var(--csat-alert)}
button,.button{display:block;width:100%;min-height:44px;margin:16px 0 0;padding:8px 16px;border:1px solid var(--csat-accent-edge);border-radius:8px;background:var(--csat-accent);color:var(--csat-on-accent);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.plain{border-color:var(--csat-edge);background:transparent;color:inherit;font-weight:400}
blockquote{margin:16px 0 0;padding:0;padding-inline-start:12px;border-inline-start:3px solid var(--csat-line);white-space:pre-wrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:400px){body{padding:8px}main{padding:16px}}
@media (forced-colors:active){.tile input:checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText;border-color:Highlight}}`;
