import * as z from "zod/mini";
import { errorInWords } from "../error-kind.ts";
import { isAccentColor, isLogo, type Theme } from "../survey/theme.ts";
import { invalidAnswer, readAnswer } from "./answers.ts";
import { hostWithinMs, inTime } from "./in-time.ts";
import type { Logger } from "./logger.ts";

/** The host's looks of a workspace: `theme` of the options. */
export type ThemeSource = (workspaceId: string) => Promise<Theme> | Theme;

const themeSchema = z.object(
  {
    accentColor: z.custom<string>(isAccentColor, "must be a colour as #rrggbb"),
    logo: z._default(
      z.nullable(
        z.custom<string>(isLogo, "must be null or a base64 data URI of an image, up to 60,000 characters"),
      ),
      null,
    ),
  },
  "must be { accentColor, logo }",
);

/**
 * The looks of a workspace, within two seconds, or `withinMs` where that is less. Null without a source, and when it
 * fails, hangs or answers out of shape: that costs looks, never the mail or the page.
 */
export function checkedTheme(
  source: ThemeSource | undefined,
  logger: Logger,
): (workspaceId: string, withinMs?: number) => Promise<Theme | null> {
  if (source === undefined) return async () => null;
  return async (workspaceId, withinMs = hostWithinMs) => {
    try {
      const timeoutMs = Math.min(withinMs, hostWithinMs);
      const answer: unknown = await inTime({ who: "theme", ask: () => source(workspaceId), timeoutMs });
      const read = readAnswer(themeSchema, answer);
      if (read.isUsable) return read.value;
      throw invalidAnswer("theme", read.issues);
    } catch (error) {
      logger.warn({ workspaceId, cause: errorInWords(error) }, "theme failed; the standard look is used");
      return null;
    }
  };
}
