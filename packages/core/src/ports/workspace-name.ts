import * as z from "zod/mini";
import { errorInWords } from "../error-kind.ts";
import { isBlank, shortLine } from "../survey/clean-text.ts";
import { textLimits } from "../survey/text-limits.ts";
import { invalidAnswer, readAnswer } from "./answers.ts";
import { inTime } from "./in-time.ts";
import type { Logger } from "./logger.ts";

const nameSchema = z.string("must be text");

/**
 * The host's name of a workspace on one line, within two seconds. Null without a source, for a blank name, and when it
 * fails, hangs or answers out of shape, which is logged.
 */
export function checkedWorkspaceName(
  source: ((workspaceId: string) => Promise<string> | string) | undefined,
  logger: Logger,
): (workspaceId: string) => Promise<string | null> {
  if (source === undefined) return async () => null;
  return async (workspaceId) => {
    try {
      const answer: unknown = await inTime({ who: "workspaceName", ask: () => source(workspaceId) });
      const read = readAnswer(nameSchema, answer);
      if (!read.isUsable) throw invalidAnswer("workspaceName", read.issues);
      return isBlank(read.value)
        ? null
        : shortLine({ text: read.value, maxLength: textLimits.workspaceName });
    } catch (error) {
      logger.warn({ workspaceId, cause: errorInWords(error) }, "workspaceName failed; a sample stands there");
      return null;
    }
  };
}
