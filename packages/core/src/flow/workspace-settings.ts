import * as z from "zod/mini";
import { sendDelays } from "../policy/send-delay.ts";
import type { Head, Json, Key } from "../ports/store/head.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";

/** The key of the record that holds what the admins of a workspace chose. */
export function workspaceKey(workspaceId: string): Key {
  return { kind: "workspace", workspaceId, id: "" };
}

const document = z.object({
  v: z.literal(1),
  enabled: z.boolean(),
  sendDelay: z.enum([...sendDelays]),
  subject: z.nullable(z.string()),
  bodyIntro: z.nullable(z.string()),
});

/** What stands; the defaults while nothing was saved. @throws Error for a document that this release cannot read */
export function settingsOf(head: Head | null): WorkspaceSettings {
  if (head === null || head.state === null) return defaultSettings;
  const { enabled, sendDelay, subject, bodyIntro } = document.parse(head.state);
  return { enabled, sendDelay, subject, bodyIntro };
}

/** The settings as a store keeps them. */
export function toSettingsDocument({ enabled, sendDelay, subject, bodyIntro }: WorkspaceSettings): Json {
  return { v: 1, enabled, sendDelay, subject, bodyIntro };
}
