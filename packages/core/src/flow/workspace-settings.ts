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
  cooldownDays: z._default(z.int(), defaultSettings.cooldownDays),
  answerCooldownDays: z._default(z.int(), defaultSettings.answerCooldownDays),
  samplePercent: z._default(z.int(), defaultSettings.samplePercent),
  linkExpiryDays: z._default(z.nullable(z.int()), defaultSettings.linkExpiryDays),
  customerSecret: z._default(z.nullable(z.string()), null),
  changed: z._default(z.nullable(z.object({ by: z.nullable(z.string()), at: z.string() })), null),
  samples: z._default(z.array(z.object({ since: z.string(), percent: z.int() })), []),
});

/** From when on how many tickets in a hundred belonged to the sample. */
export interface SampleSince {
  readonly since: Date;
  readonly percent: number;
}

/** Who changed something, null for nobody who was named, and when. */
export interface SettingsChanged {
  readonly by: string | null;
  readonly at: Date;
}

/** All that is kept of a workspace. */
export interface WorkspaceState {
  readonly settings: WorkspaceSettings;
  /** What its customers' keys are made with; null until the first was needed. */
  readonly customerSecret: string | null;
  /** Who changed the settings last, and when; null while nobody did. */
  readonly changed: SettingsChanged | null;
  /** Every change of the sample, oldest first, the latest hundred. */
  readonly samples: readonly SampleSince[];
}

const mostSamples = 100;

/**
 * What stands; the defaults while nothing was saved.
 * @throws CsatError `storage_failed` for a document that this release cannot read
 */
export function settingsOf(head: Head | null): WorkspaceSettings {
  return workspaceOf(head).settings;
}

/** The same, with what is kept beside. @throws CsatError `storage_failed`, as `settingsOf` */
export function workspaceOf(head: Head | null): WorkspaceState {
  if (head === null || head.state === null)
    return { settings: defaultSettings, customerSecret: null, changed: null, samples: [] };
  const read = document.safeParse(head.state);
  if (read.success) {
    const { enabled, sendDelay, subject, bodyIntro, customerSecret, changed, samples } = read.data;
    const { cooldownDays, answerCooldownDays, samplePercent, linkExpiryDays } = read.data;
    const ask = { cooldownDays, answerCooldownDays, samplePercent };
    return {
      settings: { enabled, sendDelay, subject, bodyIntro, ...ask, linkExpiryDays },
      customerSecret,
      changed: changed === null ? null : { by: changed.by, at: new Date(changed.at) },
      samples: samples.map(({ since, percent }) => ({ since: new Date(since), percent })),
    };
  }
  const fields = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new CsatError(
    "storage_failed",
    `The stored settings of workspace ${head.key.workspaceId} cannot be read (${fields}): a newer release wrote them, or something else did. Update this process.`,
  );
}

/** The settings as a store keeps them, over the document that stood: an admin of a newer release loses nothing. */
export function toSettingsDocument(
  head: Pick<Head, "key" | "state" | "version">,
  {
    settings,
    customerSecret,
    changed,
    now,
  }: {
    readonly settings: WorkspaceSettings;
    readonly customerSecret: string;
    /** Who changes them now; null where they stay as they were. */
    readonly changed: SettingsChanged | null;
    readonly now: Date;
  },
): Json {
  const before = workspaceOf(head);
  const isSampleNew = settings.samplePercent !== before.settings.samplePercent;
  const samples = [
    ...before.samples,
    ...(isSampleNew ? [{ since: now, percent: settings.samplePercent }] : []),
  ];
  return {
    ...Object(head.state),
    v: 1,
    ...settings,
    customerSecret: before.customerSecret ?? customerSecret,
    ...(changed === null ? {} : { changed: { by: changed.by, at: changed.at.toISOString() } }),
    ...(samples.length === 0
      ? {}
      : {
          samples: samples
            .slice(-mostSamples)
            .map(({ since, percent }) => ({ since: since.toISOString(), percent })),
        }),
  };
}
