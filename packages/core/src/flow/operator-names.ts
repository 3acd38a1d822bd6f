import { errorInWords } from "../error-kind.ts";
import type { Context } from "./context.ts";

/** Names of operators as the host gives them, by id; empty when it gives none or fails, which costs names alone. */
export async function operatorNames<Tx>(
  { tickets, logger }: Context<Tx>,
  { workspaceId, operatorIds }: { readonly workspaceId: string; readonly operatorIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (tickets.getOperators === undefined || operatorIds.length === 0) return new Map();
  try {
    const operators = await tickets.getOperators(workspaceId, operatorIds);
    return new Map(operators.map(({ id, name }) => [id, name]));
  } catch (error) {
    logger.warn(
      { workspaceId, operators: operatorIds.length, cause: errorInWords(error) },
      "the host could not name the operators; ids are shown",
    );
    return new Map();
  }
}
