import { defaultTexts, type PlaceholderName, placeholderNames, type SendDelay, sendDelays } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import { errorOf, marks } from "./field-error.ts";
import { type WhomToAsk, whomToAsk } from "./whom-to-ask.ts";

/** The settings as a form shows them: saved ones, or what somebody typed and the routes refused. */
export interface SettingsForm extends WhomToAsk {
  readonly enabled: boolean;
  readonly sendDelay: string;
  readonly subject: string;
  readonly bodyIntro: string;
  /** Where the browser is led when the form was taken. */
  readonly returnPath: string;
}

/** The form. It is posted as it stands; script adds what makes it comfortable. */
export function settingsForm(form: SettingsForm, apiPath: string): Html {
  const { enabled, subject, bodyIntro, returnPath } = form;
  const isOn = enabled ? html` checked` : nothing;
  return html`<form class="card fields" method="post" action="${apiPath}/settings" data-csat-form="guarded">
<input type="hidden" name="return" value="${returnPath}">
<div><label class="switch"><input type="checkbox" role="switch" name="enabled" value="true"${isOn}${marks(form, "enabled")}> Ask customers after their ticket is resolved</label>
${errorOf(form, "enabled")}</div>
<p class="quiet when-off">Nobody is asked while this is off. Surveys that come due meanwhile are not sent.</p>
<div class="fields when-on">${delays(form)}
<div class="field"><label for="csat-subject">Subject</label>
<input id="csat-subject" name="subject" value="${subject}" placeholder="${defaultTexts.subject}" autocomplete="off"${marks(form, "subject")}>
${errorOf(form, "subject")}</div>
<div class="field"><label for="csat-bodyIntro">Text above the rating</label>
<textarea id="csat-bodyIntro" name="bodyIntro" rows="7" placeholder="${defaultTexts.bodyIntro}"${marks(form, "bodyIntro")}>
${bodyIntro}</textarea>
${errorOf(form, "bodyIntro")}
<p class="quiet small">A field left empty stands for the text shown in it. Customers get that in their language.</p></div>
${insertions()}
${whomToAsk(form)}</div>
<div class="actions"><button type="submit" class="primary">Save</button>
<button type="submit" class="when-on" formaction="${apiPath}/settings/preview" formtarget="csat-preview">Preview</button></div>
${marker}</form>`;
}

// Last: the routes save a form only when it came to its end, for an unchecked switch is sent by silence.
const marker = html`<input type="hidden" name="form" value="settings">`;

const delayWords: Readonly<Record<SendDelay, string>> = {
  immediately: "Immediately",
  "1_hour": "1 hour later",
  "24_hours": "24 hours later",
  "3_days": "3 days later",
};

function delays(form: SettingsForm): Html {
  const choices = sendDelays.map(
    (delay) =>
      html`<label class="choice"><input type="radio" name="sendDelay" value="${delay}"${delay === form.sendDelay ? html` checked` : nothing}> ${delayWords[delay]}</label>
`,
  );
  return html`<fieldset role="radiogroup"${marks(form, "sendDelay")}><legend>When the survey goes out</legend>
<div class="choices">${choices}</div>${errorOf(form, "sendDelay")}</fieldset>`;
}

const meanings: Readonly<Record<PlaceholderName, string>> = {
  customer_name: "the customer’s name, or “there”",
  ticket_subject: "the ticket’s subject",
  workspace_name: "your company’s name",
  operator_name: "the assignee’s name, or “our team”",
};

function insertions(): Html {
  const rows = placeholderNames.map(
    (name) =>
      html`<li><button type="button" class="insertion small" data-insert="{{${name}}}" data-tip="Insert at the cursor">{{${name}}}</button> <span class="quiet small">${meanings[name]}</span></li>
`,
  );
  return html`<ul class="insertions" aria-label="Placeholders">${rows}</ul>`;
}
