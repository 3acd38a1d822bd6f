import * as z from "zod/mini";
import { CsatError } from "../errors.ts";
import { sendDelays } from "../policy/send-delay.ts";
import type { Head, Json, Key } from "../ports/store/head.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";

/** The key of the record that holds what the admins of a workspace chose. */
export function workspaceKey(workspaceId: string): Key {
  return { kind: "workspace", workspaceId, id: "" };
}

// Loose: what a newer release wrote beside is kept.
const document = z.looseObject({
  v: z.literal(1),
  enabled: z.boolean(),
  sendDelay: z.enum([...sendDelays]),
  subject: z.nullable(z.string()),
  bodyIntro: z.nullable(z.string()),
});

/**
 * What stands; the defaults while nothing was saved.
 * @throws CsatError `storage_failed` for a document that this release cannot read
 */
export function settingsOf(head: Head | null): WorkspaceSettings {
  if (head === null || head.state === null) return defaultSettings;
  const read = document.safeParse(head.state);
  if (read.success) {
    const { enabled, sendDelay, subject, bodyIntro } = read.data;
    return { enabled, sendDelay, subject, bodyIntro };
  }
  const fields = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new CsatError(
    "storage_failed",
    `The stored settings of workspace ${head.key.workspaceId} cannot be read (${fields}): a newer release wrote them, or something else did. Update this process.`,
  );
}

/** The settings as a store keeps them, over the document that stood: an admin of a newer release loses nothing. */
export function toSettingsDocument(
  { enabled, sendDelay, subject, bodyIntro }: WorkspaceSettings,
  stored: Json | null,
): Json {
  return { ...Object(stored), v: 1, enabled, sendDelay, subject, bodyIntro };
}
