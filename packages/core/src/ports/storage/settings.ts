import type { WorkspaceSettings } from "../../survey/settings.ts";

/** What admins chose, per workspace. */
export interface SettingsStore {
  /** Null when nothing was ever saved. */
  get(workspaceId: string): Promise<WorkspaceSettings | null>;
  /** Writes the named fields only, over the defaults when nothing was saved before: two admins at once lose nothing of each other's. Returns what stands then. */
  patch(workspaceId: string, change: Partial<WorkspaceSettings>): Promise<WorkspaceSettings>;
}
