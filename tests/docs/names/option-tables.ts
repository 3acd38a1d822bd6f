import ts from "typescript";
import { docOf, membersOf, type PackageExport, type PackageTypes } from "./package-exports.ts";

/** Exported types whose fields a host fills in: those that are called `…Options`, and what `csat.config.ts` exports. */
function optionTypes({ exports }: PackageTypes): readonly PackageExport[] {
  return exports.filter(({ name }) => name.endsWith("Options") || name === "CsatConfig");
}

/** The page of all options, from the types and their doc comments. */
export function optionsPage(types: PackageTypes): string {
  const sections = optionTypes(types).map((option) => sectionOf(types, option));
  return [
    "# Options",
    "",
    "Every option of every package, from the doc comments of its type. The tests write the page and hold it to the source:",
    "`npx vitest run --project docs names -u`. A wrong option throws `invalid_config` at start-up, and its `issues` name each",
    "field ([errors](errors.md)). Options in bold are needed.",
    "",
    ...sections,
  ].join("\n");
}

function sectionOf(types: PackageTypes, { entry, name, symbol }: PackageExport): string {
  const rows = membersOf(types, name).map((member) => {
    const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
    const shown = isOptional ? `\`${member.name}\`` : `**\`${member.name}\`**`;
    return `| ${shown} | \`${cell(typeOf(member))}\` | ${cell(docOf(types, member)) || ""} |`;
  });
  return [
    `## ${name}`,
    "",
    `Of \`${entry}\`. ${docOf(types, symbol).replaceAll("\n", " ")}`,
    "",
    "| option | type | what it is |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

// As it is written: the compiler's own words unfold aliases.
function typeOf(member: ts.Symbol): string {
  const [declaration] = member.declarations ?? [];
  if (declaration === undefined) return "unknown";
  if (ts.isPropertySignature(declaration)) return declaration.type?.getText() ?? "unknown";
  return ts.isMethodSignature(declaration)
    ? `(${declaration.parameters.map((parameter) => parameter.getText()).join(", ")}) => ${declaration.type?.getText() ?? "void"}`
    : declaration.getText();
}

function cell(text: string): string {
  return text
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll("|", "\\|")
    .trim();
}
