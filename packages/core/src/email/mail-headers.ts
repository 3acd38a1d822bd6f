/** Headers of a survey mail that keep auto-replies from reopening tickets (S18). */
export function mailHeaders({
  surveyId,
  workspaceId,
  publicUrl,
}: {
  readonly surveyId: string;
  readonly workspaceId: string;
  readonly publicUrl: string;
}): Readonly<Record<string, string>> {
  return {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    Precedence: "bulk",
    "List-Id": `<csat-${encodeURIComponent(workspaceId).replace(/[^A-Za-z0-9]/g, "-")}.${new URL(publicUrl).hostname}>`,
    "X-Csat-Survey-Id": surveyId.replace(/[^A-Za-z0-9_-]/g, ""),
  };
}
