import { renderEmail } from "../email/render-email.ts";
import type { PreviewedEmail } from "../for-operators.ts";
import { mailLinks } from "../survey/links.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import { checkChange, getSettings } from "./change-settings.ts";
import type { Context } from "./context.ts";

/**
 * The mail as a customer would get it, with sample names, the workspace's own where the host tells it, and links that
 * open nothing; `change` lies over the saved settings and is not saved.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function previewEmail<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  change: Partial<WorkspaceSettings> = {},
): Promise<PreviewedEmail> {
  const settings = { ...(await getSettings(context, workspaceId)), ...checkChange(change) };
  const [theme, told] = await Promise.all([
    context.themeOf(workspaceId),
    context.workspaceNameOf(workspaceId),
  ]);
  const workspaceName = told ?? "Your company";
  const rendered = renderEmail({
    settings,
    facts: {
      customerName: "Alex Morgan",
      ticketSubject: "My order has not arrived",
      workspaceName,
      operatorName: "Sam Lee",
      locale: null,
    },
    links: mailLinks({
      publicUrl: context.publicUrl,
      token: "preview",
      optOutToken: "preview",
      locale: null,
    }),
    theme,
    texts: context.texts,
  });
  return { ...rendered, workspaceName };
}
