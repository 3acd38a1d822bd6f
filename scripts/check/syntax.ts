import ts from "typescript";

/** Line of the node's first character, counted from 0. */
export function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line;
}

/** What is called: "a.b", or "new Date()" for a constructor without arguments; empty for every other node. */
export function callee(node: ts.Node): string {
  if (ts.isCallExpression(node))
    return node.expression.getText() === "Date" ? "Date()" : node.expression.getText();
  if (!ts.isNewExpression(node) || node.arguments?.length) return "";
  return `new ${node.expression.getText()}()`;
}

/** True when a comment stands on the lines of the expression, or right above or within what leads up to it. */
export function hasComment(node: ts.Node): boolean {
  const file = node.getSourceFile();
  let statement = node;
  while (statement.parent && !ts.isStatement(statement)) statement = statement.parent;
  const last = file.getLineAndCharacterOfPosition(node.getEnd()).line;
  const lines = file.text.split("\n").slice(Math.max(lineOf(statement) - 1, 0), last + 1);
  return lines.some((line) => /\/\/ |\*\/|\/\*/.test(line));
}

/** True for a declaration that begins with `export`. */
export function isExported(node: ts.Node): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** True when a doc comment stands above the declaration, or above the first of its overloads. */
export function isDocumented(node: ts.Node): boolean {
  if (ts.getJSDocCommentsAndTags(node).length > 0) return true;
  if (!ts.isFunctionDeclaration(node) || !ts.isSourceFile(node.parent)) return false;
  const before = node.parent.statements[node.parent.statements.indexOf(node) - 1];
  if (!before || !ts.isFunctionDeclaration(before) || before.name?.text !== node.name?.text) return false;
  return isDocumented(before);
}
