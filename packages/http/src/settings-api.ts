import type { WorkspaceSettings } from "@csat/core";
import { answerWith, answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";
import { describeError } from "./error-body.ts";
import { type Fields, readFields } from "./read-fields.ts";
import { ledTo, returnPathOf } from "./return-path.ts";
import { isWholeForm, parseSettings, parseSettingsForm } from "./settings-fields.ts";

/** GET /api/settings — what stands, the defaults included. */
export async function readSettings(call: OperatorCall): Promise<OperatorAnswer> {
  return answerWithSettings(call, await call.csat.getSettings(call.principal.workspaceId));
}

/** PUT /api/settings — changes the fields that the JSON names and answers all of them. */
export async function changeSettings(call: OperatorCall): Promise<OperatorAnswer> {
  const { csat, principal, request } = call;
  const change = parseSettings(await readFields(request, { accepted: "json" }));
  const by = { actorId: principal.userId };
  return answerWithSettings(call, await csat.updateSettings(principal.workspaceId, change, by));
}

/** JSON clients get what they may send back; the view also says who changed it last. */
function answerWithSettings({ csat, principal }: OperatorCall, settings: WorkspaceSettings): OperatorAnswer {
  return answerWithMore("settings", settings, async () => ({
    ...settings,
    changed: await csat.getSettingsChange(principal.workspaceId),
  }));
}

/**
 * POST /api/settings — the same from a whole form, then 303 to its `return` field, a path of this site, or to the
 * settings. One that came in part is refused: what it leaves out says nothing.
 */
export async function changeSettingsByForm(call: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(call.request, { accepted: "form" });
  try {
    const location = returnPathOf(fields) ?? besideTheForm(call.url);
    const by = { actorId: call.principal.userId };
    await call.csat.updateSettings(call.principal.workspaceId, parseSettingsForm(fields), by);
    return ledTo(location);
  } catch (error) {
    return refusedForm(call, fields, error);
  }
}

/** GET /api/settings/preview — the mail as it stands. */
export async function showPreview({ csat, principal }: OperatorCall): Promise<OperatorAnswer> {
  return answerWith("settings-preview", await csat.previewEmail(principal.workspaceId));
}

/** POST /api/settings/preview — the mail with the body's fields, JSON or form, over what stands. Saves nothing. */
export async function previewSettings({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const change = parseSettings(await readFields(request, { accepted: "any" }));
  return answerWith("settings-preview", await csat.previewEmail(principal.workspaceId, change));
}

// Relative, so that it is right behind every mount and proxy.
function besideTheForm({ pathname }: URL): string {
  return pathname.endsWith("/") ? "../settings" : "settings";
}

/** A settings form that was refused, with what was typed and why. @throws the error itself when the form is not to blame */
export function refusedForm(call: OperatorCall, fields: Fields, error: unknown): OperatorAnswer {
  const { status, body } = describeError(error);
  if (status !== 400) throw error;
  const readViewData = async () => ({ ...body, typed: await formOf(call, fields) });
  return { ...answerWithMore("settings-refused", body, readViewData), status };
}

/**
 * What a form is shown with again: what was typed, and where it came in part what stands, or its next sending would lose
 * that. Of JSON its texts, numbers and switches.
 */
export async function formOf(
  { csat, principal }: OperatorCall,
  fields: Fields,
): Promise<Readonly<Record<string, string>>> {
  const texts = Array.from(fields.values, ([name, value]) => [name, value === null ? "" : `${value}`]);
  if (isWholeForm(fields)) return Object.fromEntries(texts);
  const { enabled, ...others } = await csat.getSettings(principal.workspaceId);
  const saved = Object.entries(others).map(([name, value]) => [name, `${value ?? ""}`]);
  return { ...(enabled ? { enabled: "on" } : {}), ...Object.fromEntries([...saved, ...texts]) };
}
