/**
 * Colours, sizes and spaces. A host sets `--csat-accent`, `--csat-ink`, `--csat-muted`, `--csat-line`, `--csat-surface`,
 * `--csat-ground` or `--csat-scale-1` … `-5` on any element around a view; what it leaves out is taken from here.
 */
const light = {
  accent: "#1f5fa8",
  "on-accent": "#ffffff",
  ink: "#1b1e23",
  muted: "#5c636e",
  line: "#d5d9df",
  edge: "#8a919c",
  surface: "#ffffff",
  ground: "#f3f4f6",
  alert: "#a3341b",
  good: "#1f5fa8",
  "scale-1": "#c2570c",
  "scale-2": "#c8793c",
  "scale-3": "#8a919c",
  "scale-4": "#5b8fc7",
  "scale-5": "#1f5fa8",
};

const dark: typeof light = {
  accent: "#8ab8ee",
  "on-accent": "#10151c",
  ink: "#eceef1",
  muted: "#a6adb8",
  line: "#383d45",
  edge: "#79818c",
  surface: "#1c1f24",
  ground: "#121417",
  alert: "#ff9e85",
  good: "#8ab8ee",
  "scale-1": "#f08c45",
  "scale-2": "#d8a577",
  "scale-3": "#8e96a1",
  "scale-4": "#7da7d6",
  "scale-5": "#8ab8ee",
};

/**
 * The rules that give every view its colours, light and dark: as the system prefers, or as the nearest element around it
 * says by `data-csat-scheme`, `<csat-view>` itself by `color-scheme`.
 */
export const tokens = `.csat{color-scheme:light dark;${declare(light)}}
@media (prefers-color-scheme:dark){.csat{${declare(dark)}}}
${forced("light", light)}
${forced("dark", dark)}
:host([color-scheme=light]){color-scheme:light;background:none;color:inherit}
:host([color-scheme=dark]){color-scheme:dark;background:var(--csat-ground,${dark.ground});color:var(--csat-ink,${dark.ink})}`;

function forced(scheme: "light" | "dark", colors: typeof light): string {
  return `[data-csat-scheme=${scheme}] .csat,:host([color-scheme=${scheme}]) .csat{color-scheme:${scheme};${declare(colors)}}`;
}

function declare(colors: typeof light): string {
  return Object.entries(colors)
    .map(([name, value]) => `--${name}:var(--csat-${name},${value})`)
    .join(";");
}
