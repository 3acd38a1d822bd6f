import { defaultSettings, type SettingsStore, type WorkspaceSettings } from "@csat/core";
import { sql } from "drizzle-orm";
import { flag, type Row, textOrNull } from "./row.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";
import { word } from "./word.ts";

/** What admins chose, one row per workspace. */
export function settingsStore(session: Session, tables: TableNames): SettingsStore {
  return {
    async get(workspaceId) {
      const [row] = await session.execute(
        `reading the settings of workspace ${workspaceId}`,
        sql`select ${columns} from ${tables.settings} where workspace_id = ${workspaceId}::text`,
      );
      return row === undefined ? null : toSettings(row);
    },
    async patch(workspaceId, change) {
      const { enabled, sendDelay, subject, bodyIntro } = merged(change);
      const named = (field: keyof WorkspaceSettings) => sql`${change[field] !== undefined}::boolean`;
      // Fields that are not named keep what the row holds at that moment, not what somebody read before.
      const [row] = await session.execute(
        `saving the settings of workspace ${workspaceId}`,
        sql`insert into ${tables.settings} as saved (workspace_id, enabled, send_delay, subject, body_intro)
values (${workspaceId}::text, ${enabled}::boolean, ${sendDelay}::text, ${subject}::text, ${bodyIntro}::text)
on conflict (workspace_id) do update set
  enabled = case when ${named("enabled")} then excluded.enabled else saved.enabled end,
  send_delay = case when ${named("sendDelay")} then excluded.send_delay else saved.send_delay end,
  subject = case when ${named("subject")} then excluded.subject else saved.subject end,
  body_intro = case when ${named("bodyIntro")} then excluded.body_intro else saved.body_intro end
returning ${columns}`,
      );
      return row === undefined ? merged(change) : toSettings(row);
    },
  };
}

const columns = sql`enabled, send_delay, subject, body_intro`;

function merged(change: Partial<WorkspaceSettings>): WorkspaceSettings {
  return {
    enabled: change.enabled ?? defaultSettings.enabled,
    sendDelay: change.sendDelay ?? defaultSettings.sendDelay,
    subject: change.subject ?? defaultSettings.subject,
    bodyIntro: change.bodyIntro ?? defaultSettings.bodyIntro,
  };
}

function toSettings(row: Row): WorkspaceSettings {
  return {
    enabled: flag(row, "enabled"),
    sendDelay: word(row, "send_delay"),
    subject: textOrNull(row, "subject"),
    bodyIntro: textOrNull(row, "body_intro"),
  };
}
