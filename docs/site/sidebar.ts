import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Group {
  readonly text: string;
  /** Folder of the pages below docs; empty for docs itself. */
  readonly folder: string;
  /** Pages that come first, in this order. What else is in the folder follows by name. */
  readonly first: readonly string[];
  /** Pages of docs itself that belong to another group. */
  readonly without?: readonly string[];
  readonly isCollapsed?: true;
}

const groups: readonly Group[] = [
  {
    text: "Start",
    folder: "",
    first: ["index", "quickstart", "how-it-works", "tour"],
    without: ["comparison", "performance"],
  },
  {
    text: "Guides",
    folder: "guides",
    first: [
      "host-integration",
      "express-and-sequelize",
      "transactions",
      "mounting",
      "commonjs",
      "mails-and-templates",
      "bounces",
      "channels",
      "whom-to-ask",
      "webhooks",
      "migrations",
      "privacy",
      "production",
      "scaling",
      "worker-and-sweep",
      "redis",
      "embedding-views",
    ],
  },
  { text: "Adapters", folder: "adapters", first: ["writing-an-adapter", "conformance-cases"] },
  {
    text: "Reference",
    folder: "reference",
    first: [
      "options",
      "errors",
      "states",
      "routes",
      "events",
      "metrics",
      "dry-run",
      "tables",
      "telemetry",
      "cli",
      "failure-modes",
    ],
  },
  { text: "Performance", folder: "performance", first: [] },
  { text: "Comparison", folder: "comparison", first: [] },
  { text: "Decisions", folder: "decisions", first: [], isCollapsed: true },
  { text: "API", folder: "api", first: ["index"], isCollapsed: true },
];

/** One link of the sidebar, or a group of them. */
export interface SidebarEntry {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: SidebarEntry[];
}

/** The sidebar of the pages that are below `docs`: a new page appears by itself, under its first heading. */
export function sidebar(docs: string): SidebarEntry[] {
  return groups.flatMap(({ text, folder, first, without = [], isCollapsed }): readonly SidebarEntry[] => {
    const single = `${folder}.md`;
    if (existsSync(join(docs, single))) return [{ text, link: `/${folder}` }];
    const names = pageNames(join(docs, folder)).filter((name) => !without.includes(name));
    const items = [
      ...first.filter((name) => names.includes(name)),
      ...names.filter((name) => !first.includes(name)),
    ].map((name) => ({
      text: titleOf(join(docs, folder, `${name}.md`)),
      link: `/${folder === "" ? "" : `${folder}/`}${name === "index" ? "" : name}`,
    }));
    if (items.length === 0) return [];
    return [{ text, items, ...(isCollapsed ? { collapsed: true } : {}) }];
  });
}

function pageNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => name.slice(0, -".md".length))
    .sort();
}

/** The first heading of a page, without its marks. @throws when it has none */
export function titleOf(path: string): string {
  const title = /^# (.+)$/m.exec(readFileSync(path, "utf8"))?.[1];
  if (title === undefined) throw new Error(`${path} has no first heading.`);
  return title.replaceAll(/[`*\\]/g, "").trim();
}
