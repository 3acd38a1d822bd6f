import { linksEndAt, shortestLinkExpiryDays } from "../policy/transition/link-expiry.ts";
import type { SurveyState } from "../policy/transition/ticket-state.ts";
import type { Context } from "./context.ts";
import { settingsOf, workspaceKey } from "./workspace-settings.ts";

/**
 * When the links of an unanswered survey ended; null while they work, and for one that was answered. The setting counts
 * that is in force now. It is read once a day has passed since the links went out: before that they cannot have ended.
 * @throws CsatError `storage_failed`
 */
export async function linksEndedAt<Tx>(
  { storage }: Pick<Context<Tx>, "storage">,
  {
    workspaceId,
    survey,
    now,
  }: { readonly workspaceId: string; readonly survey: SurveyState; readonly now: Date },
): Promise<Date | null> {
  if (survey.answer !== null) return null;
  const earliest = linksEndAt(survey, shortestLinkExpiryDays);
  if (earliest === null || now < earliest) return null;
  const [workspace] = await storage.auto.read([workspaceKey(workspaceId)]);
  const endsAt = linksEndAt(survey, settingsOf(workspace ?? null).linkExpiryDays);
  return endsAt === null || now < endsAt ? null : endsAt;
}
