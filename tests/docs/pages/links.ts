import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import type { Finding } from "../blocks/finding.ts";
import { type Page, root } from "./markdown-files.ts";

const markdown = new MarkdownIt({ html: true });

/** Says which links of a page lead to a file that is not there, or to an anchor that its page does not have. */
export function deadLinks({ path, text }: Page): readonly Finding[] {
  const tokens = markdown.parse(text, {});
  return tokens.flatMap((block) =>
    (block.children ?? []).flatMap((token) => {
      const value = token.attrGet(token.type === "image" ? "src" : "href");
      const href = value === null ? null : `${value}`;
      const trouble = href === null ? null : whyDead(href, { path, text });
      return trouble === null ? [] : [{ page: path, line: (block.map?.[0] ?? 0) + 1, message: trouble }];
    }),
  );
}

function whyDead(href: string, page: Page): string | null {
  if (/^(https?|mailto):/.test(href)) return null;
  // Made by the build of the site.
  if (/^\/(llms(-full)?\.txt)$/.test(href)) return null;
  const [file = "", anchor = ""] = decodeURIComponent(href).split("#");
  const target = file === "" ? page.path : normalize(join(dirname(page.path), file));
  if (file.startsWith("/") || target.startsWith("..")) return `${href} leads out of the repository.`;
  if (file !== "" && !existsSync(join(root, target))) return `${href} is not there.`;
  if (anchor === "") return null;
  const isPage = target === page.path || (target.endsWith(".md") && statSync(join(root, target)).isFile());
  if (!isPage) {
    return /^L\d+(-L\d+)?$/.test(anchor) ? null : `${href} names an anchor of what is no page.`;
  }
  const text = target === page.path ? page.text : readFileSync(join(root, target), "utf8");
  return anchorsOf(text).has(anchor) ? null : `${href} names a heading that is not there.`;
}

/** The anchors of a page's headings, as GitHub and the site make them. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const tokens = markdown.parse(text.replace(/^---\n[\s\S]*?\n---\n/, ""), {});
  return new Set(
    tokens.flatMap((token, index) => {
      if (token.type !== "heading_open") return [];
      const words = (tokens[index + 1]?.children ?? []).map(({ content }) => content);
      return [slugger.slug(words.join(""))];
    }),
  );
}
