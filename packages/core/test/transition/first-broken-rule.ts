// Run by `npm run mutants:transition` on a transition with a fault: prints the first rule that its exploration breaks,
// or nothing. argv[2] is the path of the page of states.
import { readFileSync } from "node:fs";
import { edgeRules } from "./edge-rules.ts";
import { explore } from "./explore.ts";
import { nodeRules } from "./node-rules.ts";
import { statesPage } from "./states-page.ts";

const rulesOfNodes = Object.entries(nodeRules);
const rulesOfEdges = Object.entries(edgeRules);

function found(rule: string): never {
  throw new Error(rule);
}

// A fault may make the states endless: then the bound of the exploration is what notices.
const mostStates = 20_000;

try {
  let states = 0;
  explore(
    (node) => {
      states += 1;
      if (states > mostStates) found("the states are finitely many");
      for (const [rule, holds] of rulesOfNodes) if (!holds(node)) found(rule);
    },
    (edge) => {
      for (const [rule, holds] of rulesOfEdges) if (!holds(edge)) found(rule);
    },
  );
  if (statesPage() !== readFileSync(process.argv[2] ?? "", "utf8")) found("the page of states");
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
