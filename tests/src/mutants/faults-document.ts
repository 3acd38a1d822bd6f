import { adaptersAtFault } from "./adapters-at-fault.ts";

/** Where the page of all planted faults stands in the repository. */
export const faultsDocumentUrl = new URL("../../../docs/adapters/planted-faults.md", import.meta.url);

/** Every planted fault and the case that notices it, as Markdown: the text of `docs/adapters/planted-faults.md`. */
export function faultsDocument(): string {
  return [
    "# Planted faults",
    "",
    "Mistakes that an adapter could make, each planted into one of ours, and the case of `@csat/conformance` that notices.",
    "`npm run mutants` plants them one at a time, runs the cases, prints this table, and fails where a fault goes unnoticed.",
    "",
    "This page is written by `npm run mutants:document`; change the lists in `tests/src/mutants`, not the page.",
    "",
    ...adaptersAtFault.flatMap(({ name, faults }) => [
      `## ${name}: ${faults.length} faults`,
      "",
      "| fault | caught by |",
      "| --- | --- |",
      ...faults.map((fault) => `| ${fault.name} | \`${fault.caughtBy}\` |`),
      "",
    ]),
  ].join("\n");
}
