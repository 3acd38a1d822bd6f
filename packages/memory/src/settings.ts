import { defaultSettings, type SettingsStore, type WorkspaceSettings } from "@csat/core";
import type { Access } from "./access.ts";
import type { Tables } from "./tables.ts";

/** What admins chose, per workspace. */
export function settingsStore({ read, write }: Access): SettingsStore {
  return { get: read(get), patch: write(patch) };
}

function get(tables: Tables, workspaceId: string): WorkspaceSettings | null {
  return tables.settings.get(workspaceId) ?? null;
}

function patch(tables: Tables, workspaceId: string, change: Partial<WorkspaceSettings>): WorkspaceSettings {
  const before = get(tables, workspaceId) ?? defaultSettings;
  // Field by field: one that is given as undefined is not named, and others are not settings.
  const after: WorkspaceSettings = {
    enabled: change.enabled ?? before.enabled,
    sendDelay: change.sendDelay ?? before.sendDelay,
    // Null is a value here (the default text), hence no `??`.
    subject: change.subject === undefined ? before.subject : change.subject,
    bodyIntro: change.bodyIntro === undefined ? before.bodyIntro : change.bodyIntro,
  };
  tables.settings.set(workspaceId, after);
  return after;
}
