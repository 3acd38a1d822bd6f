// The import laws of the workspace. Type-only imports count like any other.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const packages = readdirSync("packages");
const test = "\\.test\\.ts$|^packages/[^/]+/test/";

/** The source files that a package offers to others: the `@csat/source` targets of its exports. */
const entries = packages.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(join("packages", name, "package.json"), "utf8"));
  return Object.values(exports).flatMap((target) =>
    target["@csat/source"] ? [join("packages", name, target["@csat/source"])] : [],
  );
});
/** Development dependencies that the build makes a part of our files: see tsup.config.base.ts. */
const bundled = [
  "@date-fns/tz",
  "@date-fns/utc",
  "@hono/node-server",
  "d3-scale",
  "d3-shape",
  "date-fns",
  "hono",
  "nanoid",
  "zod",
];
const anyOf = (paths) => `^(${paths.map((path) => path.replaceAll(".", "\\.")).join("|")})$`;

/** A rule that fails the check. */
const law = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    law("no-cycles", "Files that need each other are one subject or three.", {}, { circular: true }),
    law("resolvable", "The import leads nowhere.", {}, { couldNotResolve: true }),
    law(
      "core-has-no-siblings",
      "The core knows no adapter, not even in its tests.",
      { path: "^packages/core/" },
      { path: "^(packages/(?!core/)|examples/|tests/)" },
    ),
    law(
      "core-runs-anywhere",
      "The core uses Web standards: no built-in module of Node.",
      { path: "^packages/core/src/", pathNot: test },
      { dependencyTypes: ["core"] },
    ),
    law(
      "core-brings-its-own",
      "Hosts install nothing beside the core: what it imports is bundled, so it is a devDependency.",
      { path: "^packages/core/src/", pathNot: test },
      { dependencyTypes: ["npm", "npm-peer", "npm-optional", "npm-no-pkg", "npm-unknown"] },
    ),
    law(
      "rules-are-pure",
      "policy/ and metrics/ know the nouns of survey/, of ports/ the types, how to count days, and nothing else.",
      { path: "^packages/core/src/(policy|metrics)/", pathNot: test },
      { pathNot: "^packages/core/src/($1|survey|ports)/|/node_modules/(@date-fns/(tz|utc)|date-fns)/" },
    ),
    law(
      "rules-take-types-of-ports",
      "policy/ and metrics/ use the types of ports/, never their code.",
      { path: "^packages/core/src/(policy|metrics)/", pathNot: test },
      { path: "^packages/core/src/ports/", dependencyTypesNot: ["type-only"] },
    ),
    law(
      "nouns-come-first",
      "survey/ and ports/ are what the rest of the core is built on; they know none of it.",
      { path: "^packages/core/src/(survey|ports)/", pathNot: test },
      { path: "^packages/core/src/(flow|policy|metrics|email)/" },
    ),
    law(
      "flow-is-on-top",
      "The folders that flow/ builds on know no step of it.",
      { path: "^packages/core/src/", pathNot: "^packages/core/src/(flow/|[^/]+$)" },
      { path: "^packages/core/src/flow/", dependencyTypesNot: ["type-only"] },
    ),
    law(
      "adapters-know-the-core-only",
      "An adapter depends on @csat/core, so that any mix of adapters works. Its tests may use others.",
      { path: "^packages/(?!core/)([^/]+)/", pathNot: `${test}|\\.config\\.ts$` },
      { path: "^(packages/(?!$1/|core/)|examples/|tests/)" },
    ),
    law(
      "no-deep-imports",
      "Other packages are entered through what their package.json exports.",
      { path: "^packages/([^/]+)/" },
      { path: "^packages/(?!$1/)", pathNot: anyOf(entries) },
    ),
    law(
      "no-deep-imports-from-outside",
      "Other packages are entered through what their package.json exports.",
      { path: "^(examples|tests)/" },
      { path: "^packages/", pathNot: anyOf(entries) },
    ),
    law(
      "packages-import-no-examples",
      "Examples and tests build on the packages, not the other way round.",
      { path: "^packages/" },
      { path: "^(examples/|tests/(?!support/))" },
    ),
    law(
      "declared-dependencies",
      "What a package needs when it runs is in its dependencies or peerDependencies, or a part of its files.",
      { path: "^packages/[^/]+/src/", pathNot: test },
      {
        pathNot: `/node_modules/(${bundled.join("|")})/`,
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm-peer", "type-only"],
      },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    // The template is resolved where it is copied to: see tests/docs/adapter-template.test.ts. So are the desks: tests/packages/desks.
    exclude: {
      path: "/generated/|^packages/conformance/template/|^tests/packages/desks/[^/]+/|/\\.cache/|/next-env\\.d\\.ts$",
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@csat/source", "import", "node", "types", "default"],
      extensions: [".ts", ".mjs", ".js"],
    },
  },
};
