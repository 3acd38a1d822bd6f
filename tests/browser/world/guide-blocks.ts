import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Loader } from "esbuild";
import { compile as compileSvelte } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";

const root = new URL("../../../", import.meta.url);
const guide = readFileSync(new URL("docs/guides/embedding-views.md", root), "utf8");

/** The first block of code in this language below this heading of the guide. @throws Error when there is none */
export function blockOf({
  heading,
  language,
}: {
  readonly heading: string;
  readonly language: string;
}): string {
  const section = guide.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(section)?.[1];
  if (block === undefined)
    throw new Error(`docs/guides/embedding-views.md: no ${language} below "${heading}".`);
  return block;
}

/** A front end's framework, with what turns the guide's component for it into a script. */
interface Framework {
  readonly name: string;
  readonly heading: string;
  readonly language: string;
  /** Whose dependencies the bundle takes. */
  readonly folder: string;
  readonly loader: Loader;
  /** What the bundle says of the framework's version, where more than one is installed. */
  readonly says?: RegExp;
  /** Packages that are installed under another name. */
  readonly alias?: Readonly<Record<string, string>>;
  compile(block: string): string;
  /** Puts the guide's component, `Satisfaction`, into the page's `main`. */
  readonly mount: string;
  /** What its page's policy must let happen beside what the guide says. */
  readonly needs?: "'unsafe-eval'";
}

const createRoot = `import { createElement } from "react";
  import { createRoot } from "react-dom/client";
  import { Satisfaction } from "guide";
  createRoot(document.querySelector("main")).render(createElement(Satisfaction, { token: "good" }));`;

const render = `import { createElement } from "react";
  import { render } from "react-dom";
  import { Satisfaction } from "guide";
  render(createElement(Satisfaction, { token: "good" }), document.querySelector("main"));`;

const react = {
  language: "tsx",
  loader: "tsx",
  compile: (block: string) => block,
} as const;

function olderReact(version: 16 | 17 | 18): Framework {
  return {
    ...react,
    name: `React ${version}`,
    heading: "React 16, 17 and 18",
    folder: "tests",
    says: new RegExp(`"${version}\\.\\d+\\.\\d+"`),
    alias: { react: `react-${version}`, "react-dom": `react-dom-${version}` },
    mount: version === 18 ? createRoot : render,
  };
}

/** The frameworks of the guide. React 19 reads the recipe of the older ones as well. */
export const frameworks: readonly Framework[] = [
  { ...react, name: "React 19", heading: "React", folder: "examples/react", mount: createRoot },
  olderReact(16),
  olderReact(17),
  olderReact(18),
  {
    ...react,
    name: "React 19, as the older ones",
    heading: "React 16, 17 and 18",
    folder: "examples/react",
    mount: createRoot,
  },
  {
    name: "Vue",
    heading: "Vue",
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
    name: "Svelte",
    heading: "Svelte",
    language: "svelte",
    folder: "tests",
    loader: "js",
    compile: (block) => compileSvelte(block, { generate: "client" }).js.code,
    mount: `import { mount } from "svelte";
      import Satisfaction from "guide";
      mount(Satisfaction, { target: document.querySelector("main"), props: { token: "good" } });`,
  },
  {
    name: "Angular",
    heading: "Angular",
    language: "ts",
    folder: "tests",
    loader: "ts",
    compile: (block) => block,
    mount: `import "@angular/compiler";
      import { Component } from "@angular/core";
      import { bootstrapApplication } from "@angular/platform-browser";
      import { Satisfaction } from "guide";
      const Desk = Component({
        selector: "main",
        imports: [Satisfaction],
        template: '<app-satisfaction token="good"></app-satisfaction>',
      })(class {});
      void bootstrapApplication(Desk);`,
    // Its compiler runs in the browser here. What Angular's own command built brings no compiler.
    needs: "'unsafe-eval'",
  },
];

/** Bundles the component that the guide shows, as its readers would. */
export async function bundleOf(framework: Framework): Promise<string> {
  const { folder, loader, alias = {}, compile, mount } = framework;
  const resolveDir = fileURLToPath(new URL(folder, root));
  const { outputFiles } = await build({
    stdin: { contents: mount, resolveDir },
    absWorkingDir: resolveDir,
    bundle: true,
    format: "esm",
    write: false,
    jsx: "automatic",
    alias,
    conditions: ["@csat/source", "browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    // As Angular's own command sets them.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    plugins: [
      {
        name: "guide",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^guide$/ }, ({ path }) => ({ path, namespace: "guide" }));
          onLoad({ filter: /.*/, namespace: "guide" }, () => ({
            contents: compile(blockOf(framework)),
            loader,
            resolveDir,
          }));
        },
      },
    ],
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`The guide's component for ${framework.name} makes no script.`);
  return script.text;
}
