import { errorInWords } from "../error-kind.ts";
import type { Actor } from "../in-transaction.ts";
import { inTime } from "../ports/in-time.ts";
import { isBlank, shortLine } from "../survey/clean-text.ts";
import { textLimits } from "../survey/text-limits.ts";
import type { Context } from "./context.ts";

/** Operators of one workspace, by id; repeated ids and null, which is nobody, ask for nothing. */
export interface Operators {
  readonly workspaceId: string;
  readonly operatorIds: readonly (string | null)[];
}

/**
 * Names of operators as the host gives them, in one call, on one line each; who has none, or a blank one, is left out.
 * Empty when the host gives none, fails or takes two seconds: that costs names alone.
 */
export async function operatorNames<Tx>(
  { tickets, logger }: Context<Tx>,
  { workspaceId, operatorIds }: Operators,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(operatorIds.flatMap((id) => id ?? []))];
  if (ids.length === 0) return new Map();
  try {
    const operators = await inTime({
      who: "getOperators",
      ask: async () => (await tickets.getOperators?.(workspaceId, ids)) ?? [],
    });
    const asked = new Set(ids);
    return new Map(
      operators
        .filter(({ id, name }) => asked.has(id) && !isBlank(name))
        .map(({ id, name }) => [id, shortLine({ text: name, maxLength: textLimits.operatorName })]),
    );
  } catch (error) {
    logger.warn(
      { workspaceId, operators: ids.length, cause: errorInWords(error) },
      "the host could not name the operators; ids are shown",
    );
    return new Map();
  }
}

/** What somebody did, with their name where the host gives one. */
export async function withActorName<Tx, Done extends Actor>(
  context: Context<Tx>,
  workspaceId: string,
  done: Done,
): Promise<Done & { readonly actorName?: string }> {
  const { actorId } = done;
  const name = (await operatorNames(context, { workspaceId, operatorIds: [actorId] })).get(actorId ?? "");
  return name === undefined ? done : { ...done, actorName: name };
}
