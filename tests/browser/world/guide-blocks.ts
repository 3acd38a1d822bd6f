import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Loader } from "esbuild";
import { compile as compileSvelte } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";

const root = new URL("../../../", import.meta.url);
const guide = readFileSync(new URL("docs/guides/embedding-views.md", root), "utf8");

/** The guide's first block of code in this language. @throws Error when it has none */
export function blockOf(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(guide)?.[1];
  if (block === undefined) throw new Error(`docs/guides/embedding-views.md has no block of ${language}.`);
  return block;
}

interface Framework {
  readonly language: string;
  /** Whose dependencies the bundle takes. */
  readonly folder: string;
  readonly loader: Loader;
  compile(block: string): string;
  /** Puts the guide's component, `Satisfaction`, into the page's `main`. */
  readonly mount: string;
}

/** The frameworks of the guide, each with what turns its component into a script. */
export const frameworks: readonly Framework[] = [
  {
    language: "tsx",
    folder: "examples/react",
    loader: "tsx",
    compile: (block) => block,
    mount: `import { createElement } from "react";
      import { createRoot } from "react-dom/client";
      import { Satisfaction } from "guide";
      createRoot(document.querySelector("main")).render(createElement(Satisfaction, { token: "good" }));`,
  },
  {
    language: "vue",
    folder: "examples/vue",
    loader: "ts",
    compile: (block) =>
      compileScript(parse(block).descriptor, {
        id: "guide",
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement: (tag) => tag === "csat-view" } },
      }).content,
    mount: `import { createApp } from "vue";
      import Satisfaction from "guide";
      createApp(Satisfaction, { token: "good" }).mount("main");`,
  },
  {
    language: "svelte",
    folder: "tests",
    loader: "js",
    compile: (block) => compileSvelte(block, { generate: "client" }).js.code,
    mount: `import { mount } from "svelte";
      import Satisfaction from "guide";
      mount(Satisfaction, { target: document.querySelector("main"), props: { token: "good" } });`,
  },
];

/** Bundles the component that the guide shows, as its readers would. */
export async function bundleOf({ language, folder, loader, compile, mount }: Framework): Promise<string> {
  const resolveDir = fileURLToPath(new URL(folder, root));
  const { outputFiles } = await build({
    stdin: { contents: mount, resolveDir },
    bundle: true,
    format: "esm",
    write: false,
    jsx: "automatic",
    conditions: ["@csat/source", "browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [
      {
        name: "guide",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^guide$/ }, ({ path }) => ({ path, namespace: "guide" }));
          onLoad({ filter: /.*/, namespace: "guide" }, () => ({
            contents: compile(blockOf(language)),
            loader,
            resolveDir,
          }));
        },
      },
    ],
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`The block of ${language} makes no script.`);
  return script.text;
}
