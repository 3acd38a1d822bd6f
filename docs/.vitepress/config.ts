import { join } from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { writeForPrograms } from "../site/llms.ts";
import { leadToRepository, repositoryUrl } from "../site/repository-links.ts";
import { sidebar } from "../site/sidebar.ts";

const folder = join(import.meta.dirname, "..");

export default defineConfig({
  title: "CSAT",
  description: "Customer satisfaction surveys for helpdesks, as a library.",
  lang: "en",
  // Where the site is served from, e.g. `/csat/`.
  base: process.env.DOCS_BASE ?? "/",
  cleanUrls: true,
  srcExclude: ["site/**", "context/**", "README.md"],
  outDir: "dist",
  cacheDir: ".cache",
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: {
    // The same anchors as on GitHub, so that a link works in both places.
    anchor: { slugify: (heading) => slug(heading) },
    config(markdown) {
      markdown.use(leadToRepository, folder);
      // Braces in our text are placeholders of mails, never expressions of Vue.
      const { text } = markdown.renderer.rules;
      markdown.renderer.rules.text = (...args) => (text?.(...args) ?? "").replaceAll("{{", "&#123;&#123;");
    },
  },
  themeConfig: {
    nav: [
      { text: "Quickstart", link: "/quickstart" },
      { text: "Reference", link: "/reference/options" },
      { text: "API", link: "/api/" },
    ],
    sidebar: sidebar(folder),
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: repositoryUrl }],
    footer: { message: "MIT licence" },
  },
  vite: {
    // The search index is one file; its size is no accident.
    build: { chunkSizeWarningLimit: 4_000 },
  },
  buildEnd: ({ outDir, pages }) => writeForPrograms({ folder, outDir, pages }),
});
