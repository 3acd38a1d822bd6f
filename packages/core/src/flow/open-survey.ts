import type { PublicSurvey } from "../csat.ts";
import { CsatError } from "../errors.ts";
import type { Head } from "../ports/store/head.ts";
import { hashToken, parseToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { linksEndedAt } from "./ended-links.ts";
import { fromDocument } from "./ticket-document.ts";

/** What the page behind a mailed link shows. Writes nothing. @throws CsatError `survey_not_found`, `storage_failed` */
export async function openSurvey<Tx>(context: Context<Tx>, token: string): Promise<PublicSurvey> {
  const { state } = await headOfToken(context, token);
  const { survey } = fromDocument(state);
  // With a token come the page's facts, and erasing removes both.
  if (survey === null || survey.page === null) throw surveyNotFound();
  const { workspaceId, workspaceName, ticketSubject, locale } = survey.page;
  const expiredAt = await linksEndedAt(context, { workspaceId, survey, now: context.clock.now() });
  const theme = await context.themeOf(workspaceId);
  if (survey.answer !== null)
    return { state: "answered", workspaceName, locale, theme, respondedAt: survey.answer.respondedAt };
  return expiredAt === null
    ? { state: "open", workspaceName, ticketSubject, locale, theme }
    : { state: "expired", workspaceName, locale, theme, expiredAt };
}

/** The ticket that a link opens. @throws CsatError `survey_not_found`, `storage_failed` */
export async function headOfToken<Tx>({ storage }: Context<Tx>, token: unknown): Promise<Head> {
  const known = parseToken(token);
  const head = known === null ? null : await storage.auto.byToken(await hashToken(known));
  if (head === null || head.key.kind !== "ticket") throw surveyNotFound();
  return head;
}

/** The same error for every token that opens nothing, so that it tells nothing. */
export function surveyNotFound(): CsatError {
  return new CsatError(
    "survey_not_found",
    "This link opens no survey. Use the link exactly as it stands in the mail.",
  );
}
