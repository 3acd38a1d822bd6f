import * as z from "zod/mini";
import type { SettingsChange } from "../by-admins.ts";
import { findUnknownPlaceholders, placeholderNames } from "../email/placeholders.ts";
import { CsatError } from "../errors.ts";
import type { Actor } from "../in-transaction.ts";
import type { Retention } from "../policy/retention.ts";
import { sendDelays } from "../policy/send-delay.ts";
import type { Session } from "../ports/store/session.ts";
import { hasAtMost, isBlank } from "../survey/clean-text.ts";
import { randomText } from "../survey/random-text.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { Context } from "./context.ts";
import { withActorName } from "./operator-names.ts";
import { tellChange } from "./tell-change.ts";
import { actorShape, idSchema, validate } from "./validate.ts";
import {
  settingsOf,
  toSettingsDocument,
  type WorkspaceState,
  workspaceKey,
  workspaceOf,
} from "./workspace-settings.ts";

// Text that a database cannot store or a mail cannot show: control characters but tab and line ends, lone surrogates.
const unusable = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

const known = placeholderNames.map((name) => `{{${name}}}`).join(", ");

function templateSchema(maxLength: number) {
  return z.optional(
    z.nullable(
      z.string("must be text or null").check(
        z.refine((text) => hasAtMost(text, maxLength), {
          error: `must be at most ${maxLength} characters long`,
          // The other checks then read no more than that.
          abort: true,
        }),
        z.refine((text) => !unusable.test(text), "must not hold control characters or broken Unicode"),
        z.check<string>(({ value, issues }) => {
          const unknown = findUnknownPlaceholders(value).map((name) => `{{${name}}}`);
          if (unknown.length === 0) return;
          const message = `uses unknown placeholders: ${unknown.join(", ")}. Known are ${known}`;
          issues.push({ code: "custom", input: value, message });
        }),
      ),
    ),
  );
}

function wholeSchema(from: number, to: number, orElse = "") {
  const message = `must be a whole number from ${from} to ${to}${orElse}`;
  return z.optional(z.int(message).check(z.refine((value) => value >= from && value <= to, message)));
}

const settingsChangeSchema = z.strictObject(
  {
    enabled: z.optional(z.boolean("must be true or false")),
    sendDelay: z.optional(z.enum([...sendDelays], `must be one of ${sendDelays.join(", ")}`)),
    subject: templateSchema(200),
    bodyIntro: templateSchema(5_000),
    cooldownDays: wholeSchema(0, 365),
    answerCooldownDays: wholeSchema(0, 365),
    samplePercent: wholeSchema(1, 100),
    linkExpiryDays: z.nullable(wholeSchema(1, 365, ", or null")),
  },
  "must be an object of settings",
);

const bySchema = z.object(actorShape, "must say who by { actorId }");

/** What stands; the defaults when nothing was saved. @throws CsatError `invalid_input`, `storage_failed` */
export async function getSettings<Tx>(
  { storage }: Context<Tx>,
  workspaceId: string,
): Promise<WorkspaceSettings> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const [head] = await storage.auto.read([workspaceKey(workspaceId)]);
  return settingsOf(head ?? null);
}

/** Who changed them last, by name where the host gives one; null while nobody did. @throws CsatError `invalid_input`, `storage_failed` */
export async function getSettingsChange<Tx>(
  context: Context<Tx>,
  workspaceId: string,
): Promise<SettingsChange | null> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const [head] = await context.storage.auto.read([workspaceKey(workspaceId)]);
  const { changed } = workspaceOf(head ?? null);
  if (changed === null) return null;
  return withActorName(context, workspaceId, { actorId: changed.by, at: changed.at });
}

/**
 * Changes the named fields and returns what stands then. A blank text is stored as null, the default. The host is told of
 * what differs.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function updateSettings<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    change,
    by = { actorId: null },
  }: {
    readonly workspaceId: string;
    readonly change: Partial<WorkspaceSettings>;
    readonly by?: Actor | undefined;
  },
): Promise<WorkspaceSettings> {
  validate({ schema: idSchema, value: workspaceId, where: "The workspace id is invalid" });
  const { actorId } = validate({ schema: bySchema, value: by, where: "The settings were not saved" });
  const at = context.clock.now();
  const checked = checkChange(change);
  mustOutlastLinks(context.retention, checked);
  const saved = await save(context, { workspaceId, change: checked, by: actorId, now: at });
  const [before, after] = [saved.before.settings, saved.after.settings];
  if (isOther(before, after)) {
    const what = { before: without(before, after), after: without(after, before) };
    await tellChange(context, { kind: "settings_changed", workspaceId, actorId, at, ...what });
  }
  return after;
}

/**
 * What the keys of a workspace's customers are made with: the host's secret, else the one that is `kept` with the
 * workspace, else one that is made and kept now. @throws CsatError `storage_failed`
 */
export async function secretOf<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    kept,
    tx,
  }: { readonly workspaceId: string; readonly kept: string | null; readonly tx?: Tx | undefined },
): Promise<string> {
  const known = context.customerSecret ?? kept;
  // Whatever is saved is saved with a secret.
  if (known !== null) return known;
  const { after } = await save(context, { workspaceId, change: {}, by: null, now: context.clock.now(), tx });
  return after.customerSecret ?? "";
}

/** What stood before, and what was saved over it. */
interface Saved {
  readonly before: WorkspaceState;
  readonly after: WorkspaceState;
}

async function save<Tx>(
  { storage }: Context<Tx>,
  {
    workspaceId,
    change,
    by,
    now,
    tx,
  }: {
    readonly workspaceId: string;
    readonly change: Partial<WorkspaceSettings>;
    /** Who wants it; stored where anything differs. */
    readonly by: string | null;
    readonly now: Date;
    readonly tx?: Tx | undefined;
  },
): Promise<Saved> {
  const key = workspaceKey(workspaceId);
  const customerSecret = randomText();
  const patch = async (session: Session, lock: boolean): Promise<Saved | null> => {
    const [head = { key, version: 0, state: null }] = await session.read([
      { ...key, ...(lock ? { lock } : {}) },
    ]);
    const before = workspaceOf(head);
    const settings = { ...before.settings, ...change };
    const changed = isOther(before.settings, settings) ? { by, at: now } : null;
    const state = toSettingsDocument(head, { settings, customerSecret, changed, now });
    const [outcome] = await session.write([{ heads: [{ key, expected: head.version, state, cells: null }] }]);
    return outcome === "written" ? { before, after: workspaceOf({ ...head, state }) } : null;
  };
  // Two admins at once lose nothing of each other's: the second reads again, under a lock.
  const saved =
    tx === undefined
      ? ((await patch(storage.auto, false)) ?? (await storage.own((session) => patch(session, true))))
      : await patch(storage.within(tx), true);
  if (saved !== null) return saved;
  throw new CsatError(
    "storage_failed",
    `The settings of workspace ${workspaceId} were changed under our lock, and nothing was saved: the store does not keep its locks.`,
  );
}

/** A link that is taken away before it ends would be unknown all at once, without a kind word. @throws CsatError `invalid_input` */
function mustOutlastLinks({ tokens }: Retention, { linkExpiryDays }: Partial<WorkspaceSettings>): void {
  if (tokens === undefined || linkExpiryDays == null || linkExpiryDays < tokens) return;
  const message = `must be less than ${tokens}: links are taken away after ${tokens} days, as the option retention.tokens says`;
  throw new CsatError("invalid_input", `The settings were not saved: linkExpiryDays ${message}.`, {
    issues: [{ path: "linkExpiryDays", message }],
  });
}

/** The change, checked and with blanks as null. @throws CsatError `invalid_input` */
export function checkChange(change: Partial<WorkspaceSettings>): Partial<WorkspaceSettings> {
  const { subject, bodyIntro, ...plain } = validate({
    schema: settingsChangeSchema,
    value: change,
    where: "The settings were not saved",
  });
  const given = Object.entries({
    ...plain,
    ...(subject === undefined ? {} : { subject: blankToNull(subject) }),
    ...(bodyIntro === undefined ? {} : { bodyIntro: blankToNull(bodyIntro) }),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function blankToNull(text: string | null): string | null {
  return text === null || isBlank(text) ? null : text;
}

function isOther(before: WorkspaceSettings, after: WorkspaceSettings): boolean {
  return Object.keys(without(after, before)).length > 0;
}

/** The fields of `settings` that are other ones in `others`. Values are text, numbers, switches and null. */
function without(settings: WorkspaceSettings, others: WorkspaceSettings): Partial<WorkspaceSettings> {
  const compared = new Map<string, unknown>(Object.entries(others));
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => compared.get(name) !== value));
}
