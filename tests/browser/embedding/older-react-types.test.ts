import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { blockOf } from "../world/guide-blocks.ts";

const tests = fileURLToPath(new URL("../../", import.meta.url));
const path = `${tests}guide.tsx`;

/** What the compiler says of the guide's block with React's types of this version. */
function complaints(version: number, block: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["@csat/source"],
    jsx: ts.JsxEmit.ReactJSX,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    paths: {
      react: [`${tests}node_modules/@types/react-${version}/index.d.ts`],
      "react/*": [`${tests}node_modules/@types/react-${version}/*`],
    },
  };
  const disk = ts.createCompilerHost(options);
  const program = ts.createProgram([path], options, {
    ...disk,
    fileExists: (name) => name === path || disk.fileExists(name),
    readFile: (name) => (name === path ? block : disk.readFile(name)),
    getSourceFile: (name, target) =>
      name === path ? ts.createSourceFile(name, block, target) : disk.getSourceFile(name, target),
  });
  const file = program.getSourceFile(path);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test.each([16, 17, 18])(
  "the guide's component for older Reacts compiles with the types of React %i",
  (version) => {
    const block = blockOf({ heading: "React 16, 17 and 18", language: "tsx" });
    expect(complaints(version, block)).toEqual([]);
    const misspelt = block.replace('"csat-view": Detailed', '"csat-other": Detailed');
    expect(complaints(version, misspelt)).toEqual([
      "Property 'csat-view' does not exist on type 'JSX.IntrinsicElements'.",
    ]);
  },
);
