import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { MarkdownRenderer } from "vitepress";

const root = join(import.meta.dirname, "..", "..");

/** Where the repository can be read, from the manifest of the first package. */
export const repositoryUrl = readRepositoryUrl();

function readRepositoryUrl(): string {
  const { repository }: { readonly repository: { readonly url: string } } = JSON.parse(
    readFileSync(join(root, "packages/core/package.json"), "utf8"),
  );
  return repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
}

/**
 * Turns links from pages to files outside `docs` (sources, examples, folders) into links to the repository: relative
 * ones work where the pages lie, not where the site is. @throws when such a file is not there, which ends the build
 */
export function leadToRepository(markdown: MarkdownRenderer, docs: string): void {
  markdown.core.ruler.push("lead-to-repository", ({ tokens, env }) => {
    // Set by VitePress: the page that is read.
    const { path: page }: { path?: string } = env;
    if (page === undefined) return;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== "link_open") continue;
      const href = token.attrGet("href");
      const elsewhere = href === null ? null : repositoryLink({ href, page, docs });
      if (elsewhere !== null) token.attrSet("href", elsewhere);
    }
  });
}

interface Link {
  readonly href: string;
  readonly page: string;
  readonly docs: string;
}

/** The address in the repository; null for a link that the site itself follows. @throws for a file that is not there */
export function repositoryLink({ href, page, docs }: Link): string | null {
  if (/^(\w+:|#|\/)/.test(href)) return null;
  const [, path = "", anchor = ""] = /^([^#?]*)(.*)$/.exec(href) ?? [];
  const target = resolve(dirname(page), decodeURIComponent(path));
  const isOfSite = !relative(docs, target).startsWith("..");
  if (isOfSite && /\.(md|html|png|svg)$/.test(target)) return null;
  // A link of generated pages leaves the suffix out.
  if (isOfSite && existsSync(`${target}.md`)) return null;
  if (!existsSync(target)) throw new Error(`${page} links to ${href}, which is not there.`);
  const kind = statSync(target).isDirectory() ? "tree" : "blob";
  return `${repositoryUrl}/${kind}/main/${relative(root, target).replaceAll("\\", "/")}${anchor}`;
}
