import { defaultTexts, type PlaceholderName, placeholderNames, type SendDelay, sendDelays } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { PlainKey } from "../texts/view-texts.ts";
import type { Wording } from "../texts/wording.ts";
import { errorOf, marks } from "./field-error.ts";
import { type WhomToAsk, whomToAsk } from "./whom-to-ask.ts";

/** The settings as a form shows them: saved ones, or what somebody typed and the routes refused. */
export interface SettingsForm extends WhomToAsk {
  readonly enabled: boolean;
  readonly sendDelay: string;
  readonly subject: string;
  readonly bodyIntro: string;
  /** As text, as what was typed may be no number; empty for never. */
  readonly linkExpiryDays: string;
  /** Where the browser is led when the form was taken. */
  readonly returnPath: string;
  /** True for one that holds what is saved nowhere. */
  readonly isUnsaved?: boolean;
}

/** The form. It is posted as it stands; script adds what makes it comfortable. */
export function settingsForm(form: SettingsForm, apiPath: string, wording: Wording): Html {
  const { enabled, subject, bodyIntro, returnPath, isUnsaved = false } = form;
  const isOn = enabled ? html` checked` : nothing;
  return html`<form class="card fields" method="post" action="${apiPath}/settings" data-csat-form="guarded"${isUnsaved ? html` data-unsaved` : nothing} data-leave="${wording.say("leaveUnsaved")}">
<input type="hidden" name="return" value="${returnPath}">
<div><label class="switch"><input type="checkbox" role="switch" name="enabled" value="true"${isOn}${marks(form, "enabled")}> ${wording.say("enabled")}</label>
${errorOf(form, "enabled")}</div>
<p class="quiet when-off">${wording.say("nobodyAsked")}</p>
<div class="fields when-on">${delays(form, wording)}
<div class="field"><label for="csat-subject">${wording.say("subject")}</label>
<input id="csat-subject" name="subject" dir="auto" value="${subject}" placeholder="${defaultTexts.subject}" autocomplete="off"${marks(form, "subject")}>
${errorOf(form, "subject")}</div>
<div class="field"><label for="csat-bodyIntro">${wording.say("bodyIntro")}</label>
<textarea id="csat-bodyIntro" name="bodyIntro" dir="auto" rows="7" placeholder="${defaultTexts.bodyIntro}"${marks(form, "bodyIntro")}>
${bodyIntro}</textarea>
${errorOf(form, "bodyIntro")}
<p class="quiet small">${wording.say("emptyField")}</p></div>
${insertions(wording)}
${whomToAsk(form, apiPath, wording)}
${linkExpiry(form, wording)}</div>
<div class="actions"><button type="submit" class="primary">${wording.say("save")}</button>
<button type="submit" class="when-on" formaction="${apiPath}/settings/preview" formtarget="csat-preview">${wording.say("preview")}</button></div>
${marker}</form>`;
}

// Last: the routes save a form only when it came to its end, for an unchecked switch is sent by silence.
const marker = html`<input type="hidden" name="form" value="settings">`;

const delayWords: Readonly<Record<SendDelay, PlainKey>> = {
  immediately: "immediately",
  "1_hour": "oneHourLater",
  "24_hours": "oneDayLater",
  "3_days": "threeDaysLater",
};

function delays(form: SettingsForm, wording: Wording): Html {
  const choices = sendDelays.map(
    (delay) =>
      html`<label class="choice"><input type="radio" name="sendDelay" value="${delay}"${delay === form.sendDelay ? html` checked` : nothing}> ${wording.say(delayWords[delay])}</label>
`,
  );
  return html`<fieldset role="radiogroup"${marks(form, "sendDelay")}><legend>${wording.say("delay")}</legend>
<div class="choices">${choices}</div>${errorOf(form, "sendDelay")}</fieldset>`;
}

function linkExpiry(form: SettingsForm, wording: Wording): Html {
  const [id, hint] = ["csat-linkExpiryDays", "csat-linkExpiryDays-hint"];
  return html`<fieldset class="fields section"><legend>${wording.say("howLongLinksWork")}</legend>
<div class="field"><label for="${id}">${wording.say("linkExpiryDays")}</label>
<input id="${id}" class="short" type="number" name="linkExpiryDays" value="${form.linkExpiryDays}" min="1" max="365" step="1" inputmode="numeric" autocomplete="off"${marks(form, "linkExpiryDays", hint)}>
${errorOf(form, "linkExpiryDays")}
<p class="quiet small" id="${hint}">${wording.say("linkExpiryCost")}</p></div></fieldset>`;
}

const meanings: Readonly<Record<PlaceholderName, PlainKey>> = {
  customer_name: "customerName",
  ticket_subject: "ticketSubject",
  workspace_name: "workspaceName",
  operator_name: "operatorName",
};

function insertions(wording: Wording): Html {
  const rows = placeholderNames.map(
    (name) =>
      html`<li><button type="button" class="insertion small" data-insert="{{${name}}}" data-tip="${wording.say("insertAtCursor")}">{{${name}}}</button> <span class="quiet small">${wording.say(meanings[name])}</span></li>
`,
  );
  return html`<ul class="insertions" aria-label="${wording.say("placeholders")}">${rows}</ul>`;
}
