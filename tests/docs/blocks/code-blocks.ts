import MarkdownIt from "markdown-it";
import type { Page } from "../pages/markdown-files.ts";

/** What the comment `<!-- block: … -->` above a block says of it; `alone` without one. */
export type Role =
  /** Stands for itself. */
  | { readonly kind: "alone" }
  /** Belongs to the block before it. */
  | { readonly kind: "continues" }
  /** Is that file of the reader's project, for the other blocks of the page. */
  | { readonly kind: "file"; readonly path: string }
  /** Is that file of a helpdesk that `npm run test:packages` has the page followed in; it is compiled and run there. */
  | { readonly kind: "followed"; readonly path: string }
  /** Is quoted from that file of the repository. */
  | { readonly kind: "from"; readonly path: string }
  | { readonly kind: "exempt"; readonly reason: string }
  | { readonly kind: "misspelt"; readonly comment: string };

/** A fenced block of a page. `line` is that of its first line of text, counted from 1. */
export interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly role: Role;
}

const markdown = new MarkdownIt({ html: true });

/** The fenced blocks of a page, in its order, also those in lists and quotations. */
export function codeBlocks({ path, text }: Page): readonly Block[] {
  const tokens = markdown.parse(text, {});
  return tokens.flatMap((token, index) => {
    if (token.type !== "fence") return [];
    const before = tokens[index - 1];
    const role = before?.type === "html_block" ? roleOf(before.content) : null;
    return [
      {
        page: path,
        line: (token.map?.[0] ?? 0) + 2,
        language: /^[\w-]*/.exec(token.info.trim())?.[0] ?? "",
        text: token.content,
        role: role ?? { kind: "alone" },
      },
    ];
  });
}

const shortestReason = 20;

function roleOf(html: string): Role | null {
  const comment = /<!--\s*block:\s*([\s\S]*?)\s*-->\s*$/.exec(html)?.[1]?.replaceAll(/\s+/g, " ");
  if (comment === undefined) return null;
  if (comment === "continues") return { kind: "continues" };
  const [, word = "", rest = ""] = /^(file|followed|from|not checked,) (.+)$/.exec(comment) ?? [];
  if (word === "file" && !rest.includes(" ")) return { kind: "file", path: rest };
  if (word === "followed" && !rest.includes(" ")) return { kind: "followed", path: rest };
  if (word === "from" && !rest.includes(" ")) return { kind: "from", path: rest };
  if (word === "not checked," && rest.startsWith("because ") && rest.length >= shortestReason) {
    return { kind: "exempt", reason: rest };
  }
  return { kind: "misspelt", comment };
}
