import type { PublicSurvey } from "../csat.ts";
import { CsatError } from "../errors.ts";
import { hashToken, parseToken } from "../survey/token.ts";
import type { Context } from "./context.ts";

/** What the page behind a mailed link shows. Writes nothing. @throws CsatError `survey_not_found`, `storage_failed` */
export async function openSurvey<Tx>(
  { storage, themeOf }: Context<Tx>,
  token: string,
): Promise<PublicSurvey> {
  const known = parseToken(token);
  const found = known === null ? null : await storage.surveys.findByToken(await hashToken(known));
  if (found === null) throw surveyNotFound();
  const { workspaceId, workspaceName, ticketSubject, locale } = found.page;
  const theme = await themeOf(workspaceId);
  return found.respondedAt === null
    ? { state: "open", workspaceName, ticketSubject, locale, theme }
    : { state: "answered", workspaceName, locale, theme, respondedAt: found.respondedAt };
}

/** The same error for every token that opens nothing, so that it tells nothing. */
export function surveyNotFound(): CsatError {
  return new CsatError(
    "survey_not_found",
    "This link opens no survey. Use the link exactly as it stands in the mail.",
  );
}
