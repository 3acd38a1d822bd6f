import ts from "typescript";
import type { SourceFile } from "./source-files.ts";
import { callee, hasComment, isDocumented, isExported, lineOf } from "./syntax.ts";

/** A place where a file breaks a law of the workspace. */
export interface BrokenLaw {
  readonly line: number;
  readonly message: string;
}

interface Law {
  readonly appliesTo: (path: string) => boolean;
  readonly isBrokenBy: (node: ts.Node) => boolean;
  readonly message: string;
}

const maxLines = 300;
const isTest = (path: string) =>
  /\.test\.ts$|^tests\/src\/|^(packages|examples)\/[^/]+\/(src\/)?tests?\//.test(path);
const isOfRunner = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && /^(test|it|describe|(before|after)(All|Each))\b/.test(callee(node));
const isPoll = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && callee(node) === "expect.poll";
const isLimit = (argument: ts.Expression): boolean =>
  ts.isNumericLiteral(argument) ||
  (ts.isObjectLiteralExpression(argument) &&
    argument.properties.some((property) => property.name?.getText() === "timeout"));
const isCore = (path: string) => path.startsWith("packages/core/src/") && !isTest(path);
const isPackage = (path: string) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path);

/** Says where a file breaks a law that no off-the-shelf rule knows. */
export function brokenLaws({ path, text }: SourceFile): BrokenLaw[] {
  const found: BrokenLaw[] = [];
  const count = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  if (count > maxLines) {
    found.push({
      line: count,
      message: `${count} lines; ${maxLines} is the most: look for the second subject`,
    });
  }
  const applying = laws.filter((law) => law.appliesTo(path));
  if (!/\.[cm]?[jt]sx?$/.test(path)) return found;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    for (const { isBrokenBy, message } of applying) {
      if (isBrokenBy(node)) found.push({ line: lineOf(node) + 1, message });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const laws: readonly Law[] = [
  {
    appliesTo: (path) => isCore(path) && path !== "packages/core/src/ports/clock.ts",
    isBrokenBy: (node) =>
      /^(new )?(globalThis\.)?Date\(\)$/.test(callee(node)) ||
      (ts.isPropertyAccessExpression(node) && /^(Date|performance)\.now$/.test(node.getText())),
    message: "only ports/clock.ts reads the clock: take `now` as an argument",
  },
  {
    appliesTo: (path) => isCore(path) && path !== "packages/core/src/deadline.ts",
    isBrokenBy: (node) => /^(globalThis\.)?set(Timeout|Interval|Immediate)$/.test(callee(node)),
    message: "the core has one timer, in deadline.ts: use withDeadline",
  },
  {
    // A bench measures by the wall clock: it waits for a moment and looks again.
    appliesTo: (path) => isTest(path) && !path.startsWith("tests/src/bench/"),
    isBrokenBy: (node) =>
      /^(globalThis\.)?set(Timeout|Interval)$/.test(callee(node)) ||
      (ts.isImportDeclaration(node) && node.moduleSpecifier.getText().includes("timers/promises")),
    message: "tests do not sleep: move the fake clock, or await what happens",
  },
  {
    // The one place that waits until real time has passed, for engines whose clock nobody can move.
    appliesTo: (path) => isTest(path) && !path.endsWith("/wait-real-time.ts"),
    isBrokenBy: (node) =>
      /^vi\.wait(For|Until)$/.test(callee(node)) ||
      ((isOfRunner(node) || isPoll(node)) && node.arguments.some(isLimit)),
    message: "vitest.workspace.ts says how long a test may wait: use expect.poll, and no limit of its own",
  },
  {
    appliesTo: isTest,
    // With a name that is worked out, it hands a runner's `skip` to the conformance kit.
    isBrokenBy: (node) =>
      ts.isCallExpression(node) &&
      /^(test|it|describe)(\.\w+)*\.(skip|only|todo|skipIf|runIf|fails)$/.test(callee(node)) &&
      (node.arguments[0] === undefined || !ts.isIdentifier(node.arguments[0])),
    message: "no test is skipped, singled out or left for later",
  },
  {
    appliesTo: isTest,
    isBrokenBy: (node) => /^vi\.(mock|doMock|hoisted)$/.test(callee(node)),
    message: "no module is mocked: use the memory adapters",
  },
  {
    appliesTo: () => true,
    isBrokenBy: (node) => ts.isAsExpression(node) && node.type.getText() !== "const" && !hasComment(node),
    message: "a comment says why this `as` is true",
  },
  {
    appliesTo: () => true,
    // A browser takes a custom element as a class only.
    isBrokenBy: (node) =>
      ts.isClassLike(node) && !["CsatError", "CsatView"].includes(node.name?.getText() ?? ""),
    message: "functions return objects; CsatError and the custom element are the only classes",
  },
  {
    appliesTo: () => true,
    isBrokenBy: (node) =>
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined &&
      /^["']\.(?!.*\.(tsx?|vue|mjs|json|css)["']$)/.test(node.moduleSpecifier.getText()),
    message: "relative imports end in the suffix of the file",
  },
  {
    appliesTo: isPackage,
    isBrokenBy: (node) => isExported(node) && !isDocumented(node),
    message: "an export starts with a doc comment: its promise",
  },
];
