import { defaultSettings, type SettingsStore, type WorkspaceSettings } from "@csat/core";
import { eq } from "drizzle-orm";
import type { Access } from "./access.ts";
import type { Rows } from "./open-sqlite.ts";
import { settings } from "./schema.ts";

/** What admins chose, per workspace. */
export function settingsStore({ read, write }: Access): SettingsStore {
  return { get: read(get), patch: write(patch) };
}

async function get(rows: Rows, workspaceId: string): Promise<WorkspaceSettings | null> {
  const { enabled, sendDelay, subject, bodyIntro } = settings;
  const [saved] = await rows
    .select({ enabled, sendDelay, subject, bodyIntro })
    .from(settings)
    .where(eq(settings.workspaceId, workspaceId));
  return saved ?? null;
}

async function patch(
  rows: Rows,
  workspaceId: string,
  change: Partial<WorkspaceSettings>,
): Promise<WorkspaceSettings> {
  const before = (await get(rows, workspaceId)) ?? defaultSettings;
  // Field by field: one that is given as undefined is not named, and others are not settings.
  const after: WorkspaceSettings = {
    enabled: change.enabled ?? before.enabled,
    sendDelay: change.sendDelay ?? before.sendDelay,
    // Null is a value here (the default text), hence no `??`.
    subject: change.subject === undefined ? before.subject : change.subject,
    bodyIntro: change.bodyIntro === undefined ? before.bodyIntro : change.bodyIntro,
  };
  await rows
    .insert(settings)
    .values({ workspaceId, ...after })
    .onConflictDoUpdate({ target: settings.workspaceId, set: after });
  return after;
}
