// Turns the browser scripts into the text of TypeScript modules. Apart from build-scripts.mjs, so that a test can
// compare without writing.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const scripts = [
  {
    entry: "asset",
    module: "csat-view",
    name: "csatViewScript",
    says: "Defines `<csat-view>` and enhances the page that loads it.",
  },
  { entry: "page", module: "page", name: "pageScript", says: "Enhances a view that is a page of its own." },
];

/** The modules below `src/generated`, each with its address and its text. */
export async function bundleScripts() {
  return await Promise.all(
    scripts.map(async ({ entry, module, name, says }) => ({
      url: new URL(`../src/generated/${module}.ts`, import.meta.url),
      text: [
        `// Generated from ../browser/${entry}.ts by scripts/build-scripts.mjs. Do not edit.`,
        "",
        `/** ${says} */`,
        `export const ${name} = ${JSON.stringify(await bundle(entry))};`,
        "",
      ].join("\n"),
    })),
  );
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/browser/${entry}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    tsconfigRaw: {},
  });
  // An inline script must not end early.
  return outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
}
