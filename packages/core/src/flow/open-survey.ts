import type { PublicSurvey } from "../csat.ts";
import { CsatError } from "../errors.ts";
import type { Head } from "../ports/store/head.ts";
import { hashToken, parseToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { fromDocument } from "./ticket-document.ts";

/** What the page behind a mailed link shows. Writes nothing. @throws CsatError `survey_not_found`, `storage_failed` */
export async function openSurvey<Tx>(context: Context<Tx>, token: string): Promise<PublicSurvey> {
  const { state } = await headOfToken(context, token);
  const { page = null, answer = null } = fromDocument(state).survey ?? {};
  // With a token come the page's facts, and erasing removes both.
  if (page === null) throw surveyNotFound();
  const { workspaceId, workspaceName, ticketSubject, locale } = page;
  const theme = await context.themeOf(workspaceId);
  return answer === null
    ? { state: "open", workspaceName, ticketSubject, locale, theme }
    : { state: "answered", workspaceName, locale, theme, respondedAt: answer.respondedAt };
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
