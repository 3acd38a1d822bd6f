import type { PolicySimulation, SettingsChange, WorkspaceSettings } from "@csat/core";
import type { Refusal } from "../error-view.ts";
import { type Html, html, nothing } from "../html.ts";
import { timeOf } from "../time-of.ts";
import type { ViewContext } from "../view-context.ts";
import { issueWords } from "./issue-words.ts";
import { type SettingsForm, settingsForm } from "./settings-form.ts";
import { triedCard } from "./tried-card.ts";

/** What a refused form comes back with. */
export interface SettingsRefused extends Refusal {
  /** The fields as they were typed. */
  readonly typed: Readonly<Record<string, string>>;
}

/** A dry run, and the fields of the form that it was asked with. */
export interface SettingsTried {
  readonly simulation: PolicySimulation;
  readonly typed: Readonly<Record<string, string>>;
}

/** What stands, and who changed it last; null, or left out, while nobody did. */
export interface SettingsData extends WorkspaceSettings {
  readonly changed?: SettingsChange | null;
}

/** The settings as they stand, with the mail beside them. Says so when they were just saved. */
export function settingsView({ changed = null, ...settings }: SettingsData, context: ViewContext): Html {
  const form: SettingsForm = {
    enabled: settings.enabled,
    sendDelay: settings.sendDelay,
    subject: settings.subject ?? "",
    bodyIntro: settings.bodyIntro ?? "",
    cooldownDays: `${settings.cooldownDays}`,
    answerCooldownDays: `${settings.answerCooldownDays}`,
    samplePercent: `${settings.samplePercent}`,
    linkExpiryDays: `${settings.linkExpiryDays ?? ""}`,
    returnPath: returnPathOf(context),
    errors: new Map(),
  };
  const isSaved = context.url.searchParams.has(savedParameter);
  return page(
    form,
    isSaved ? html`<p class="notice" role="status">${context.wording.say("saved")}</p>` : nothing,
    context,
    changed === null ? nothing : changedLine(changed, context),
  );
}

/** The form as it was typed, with what is wrong at each field. Nothing of it was saved. */
export function settingsRefusedView({ error, typed }: SettingsRefused, context: ViewContext): Html {
  const issues = error.issues ?? [];
  const errors = new Map(issues.map((issue) => [issue.path, issueWords(issue, context.wording)]));
  const elsewhere = issues
    .filter(({ path }) => !fields.has(path))
    .map((issue) => issueWords(issue, context.wording));
  const what = issues.length === 0 ? error.message : elsewhere.join(" ") || context.wording.say("seeMarked");
  const notice = html`<p class="notice refused" role="alert"><span class="wrong">${context.wording.say("nothingSaved")}</span> ${what}</p>`;
  return page(formOf(typed, errors, context), notice, context);
}

/** What settings would have made of past days, above the form as it was typed: it can be saved, or changed and tried again. */
export function settingsTriedView({ simulation, typed }: SettingsTried, context: ViewContext): Html {
  const form = { ...formOf(typed, new Map(), context), isUnsaved: true };
  return page(form, triedCard(simulation, context.wording), context);
}

function formOf(
  typed: Readonly<Record<string, string>>,
  errors: ReadonlyMap<string, string>,
  context: ViewContext,
): SettingsForm {
  // What led away once would lead nowhere again.
  const given = errors.has("return") ? undefined : typed.return;
  return {
    enabled: typed.enabled === "true" || typed.enabled === "on",
    sendDelay: typed.sendDelay ?? "",
    subject: typed.subject ?? "",
    bodyIntro: typed.bodyIntro ?? "",
    cooldownDays: typed.cooldownDays ?? "",
    answerCooldownDays: typed.answerCooldownDays ?? "",
    samplePercent: typed.samplePercent ?? "",
    linkExpiryDays: typed.linkExpiryDays ?? "",
    returnPath: given ?? returnPathOf(context),
    errors,
  };
}

/** Stands in the address after a form was taken. */
const savedParameter = "saved";
const fields = new Set([
  "enabled",
  "sendDelay",
  "subject",
  "bodyIntro",
  "cooldownDays",
  "answerCooldownDays",
  "samplePercent",
  "linkExpiryDays",
]);

function changedLine({ actorId, actorName, at }: SettingsChange, { wording }: ViewContext): Html {
  const name = actorName ?? actorId;
  const time = timeOf(at, wording);
  const said =
    name === null
      ? wording.put("changedAt", { time })
      : wording.put("changedBy", { name: html`<bdi>${name}</bdi>`, time });
  return html`<p class="quiet small">${said}</p>`;
}

function page(form: SettingsForm, notice: Html, context: ViewContext, changed: Html = nothing): Html {
  const { apiPath, isEmbedded, wording } = context;
  // Inside the element script fills the frame; an address would be asked for without the host's headers.
  const source = isEmbedded ? nothing : html` src="${apiPath}/settings/preview"`;
  return html`<section class="csat view settings" data-csat-view="settings" lang="${wording.lang}" dir="${wording.dir}">
<header class="head"><h1>${wording.say("settingsHeading")}</h1><a href="${apiPath}/customers/suppressed">${wording.say("suppressedCustomers")}</a>${changed}</header>
${notice}
<div class="sides">${settingsForm(form, apiPath, wording)}
<section class="card preview when-on" aria-label="${wording.say("theMail")}"><h2>${wording.say("withSampleValues")}</h2>
<iframe name="csat-preview" title="${wording.say("previewOfMail")}"${source}></iframe></section></div></section>`;
}

function returnPathOf({ url, apiPath, method }: ViewContext): string {
  if (method === "POST") return `${apiPath}/settings?${savedParameter}`;
  const { pathname, searchParams } = url;
  const others = [...searchParams].filter(([name]) => name !== savedParameter);
  return `${pathname}?${new URLSearchParams([...others, [savedParameter, "1"]])}`;
}
