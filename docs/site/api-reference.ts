import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Application, type Context, Converter, type DeclarationReflection, ReflectionKind } from "typedoc";
import { repositoryUrl } from "./repository-links.ts";

const root = join(import.meta.dirname, "..", "..");

/** Writes the API reference of every entry of every package to `docs/api`. @throws on TypeDoc's first warning or error */
export async function writeApiReference(): Promise<void> {
  const entries = entriesOfPackages();
  const application = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entries.map(({ path }) => path),
    tsconfig: join(import.meta.dirname, "tsconfig.json"),
    basePath: root,
    name: "API",
    readme: "none",
    // The types are checked by `npm run check:types`.
    skipErrorChecking: true,
    excludeInternal: true,
    // What the element inherits of the browser is told elsewhere.
    excludeExternals: true,
    disableGit: true,
    sourceLinkTemplate: `${repositoryUrl}/blob/main/{path}#L{line}`,
    validation: { notExported: false, invalidLink: true, notDocumented: false },
    logLevel: "Warn",
  });
  // Options of typedoc-plugin-markdown, which TypeDoc's own type does not know.
  const markdownOptions = {
    out: join(root, "docs/api"),
    router: "module",
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useHTMLEncodedBrackets: true,
    sanitizeComments: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    typeDeclarationFormat: "table",
  };
  for (const [name, value] of Object.entries(markdownOptions)) application.options.setValue(name, value);
  application.converter.on(
    Converter.EVENT_CREATE_DECLARATION,
    (_: Context, reflection: DeclarationReflection) => {
      if (!reflection.kindOf(ReflectionKind.Module)) return;
      reflection.name = entries.find(({ module }) => module === reflection.name)?.name ?? reflection.name;
    },
  );
  const project = await application.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the packages.");
  application.validate(project);
  await application.generateOutputs(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings()) {
    throw new Error("TypeDoc warned: see above.");
  }
}

interface Entry {
  /** As it is imported, e.g. `@csat/http/node`. */
  readonly name: string;
  readonly path: string;
  /** As TypeDoc names it before. */
  readonly module: string;
}

function entriesOfPackages(): readonly Entry[] {
  return readdirSync(join(root, "packages")).flatMap((folder) => {
    const manifest: {
      readonly name: string;
      readonly exports: Readonly<Record<string, { readonly "@csat/source": string }>>;
    } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    return Object.entries(manifest.exports).map(([entry, target]) => {
      const path = join(root, "packages", folder, target["@csat/source"]);
      const file = target["@csat/source"].replace(/^\.\//, "");
      const module = `packages/${folder}/${file}`.replace(/(\/index)?\.ts$/, "");
      return { name: `${manifest.name}${entry.slice(1)}`, path, module };
    });
  });
}
