import type { SettingsStore } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** What admins chose, per workspace. */
export function settingsStore(_connection: Connection): SettingsStore {
  return {
    get: async () => notWrittenYet("settings.get"),
    patch: async () => notWrittenYet("settings.patch"),
  };
}
