import { type SendDelay, sendDelays } from "@csat/core";
import { html, raw } from "hono/html";
import { type Html, type PageFrame, page } from "./layout.ts";

/** The settings as they stand in the form: saved ones, or what somebody typed and the library refused. */
export interface SettingsForm {
  readonly enabled: boolean;
  readonly sendDelay: string;
  readonly subject: string;
  readonly bodyIntro: string;
  /** Sentences by the field they are about; `""` holds those about the whole form. */
  readonly errors: ReadonlyMap<string, string>;
}

const delayWords: Readonly<Record<SendDelay, string>> = {
  immediately: "Immediately",
  "1_hour": "After 1 hour",
  "24_hours": "After 24 hours",
  "3_days": "After 3 days",
};

const placeholders = [
  { name: "customer_name", meaning: 'the customer\'s name, or "there"' },
  { name: "ticket_subject", meaning: "the ticket's subject" },
  { name: "workspace_name", meaning: "your company's name" },
  { name: "operator_name", meaning: 'the assignee\'s name, or "our team"' },
];

/** Settings → CSAT. The form goes to the library's own route; the preview beside it to the helpdesk's. */
export function settingsPage(frame: PageFrame, form: SettingsForm): Html {
  return page(
    frame,
    html`<h1>Customer satisfaction surveys</h1>
    <div class="columns even">
      <form method="post" action="/csat/api/settings" class="card stack" data-settings>
        ${fieldError(form, "")}
        <input type="hidden" name="return" value="/settings/csat?done=saved">
        <label class="switch"><input type="checkbox" name="enabled" value="true" ${form.enabled ? raw("checked") : ""}>
          Ask customers after their ticket was resolved</label>
        ${delayRadios(form)}
        <label>Subject <input name="subject" value="${form.subject}" placeholder="The default subject"></label>
        ${fieldError(form, "subject")}
        <label>Text above the rating <textarea name="bodyIntro" rows="6" placeholder="The default text">${form.bodyIntro}</textarea></label>
        ${fieldError(form, "bodyIntro")}
        ${placeholderList()}
        <div class="actions">
          <button class="primary" data-save>Save</button>
          <button formaction="/settings/csat/preview" formtarget="preview" data-preview>Preview</button>
        </div>
      </form>
      <section class="card preview" aria-labelledby="preview-heading">
        <h2 id="preview-heading">The mail, with sample values</h2>
        <iframe name="preview" src="/settings/csat/preview" title="Preview of the mail" class="mail-frame"></iframe>
      </section>
    </div>`,
  );
}

function delayRadios(form: SettingsForm): Html {
  return html`<fieldset><legend>When</legend>${sendDelays.map(
    (delay) => html`<label class="choice"><input type="radio" name="sendDelay" value="${delay}"
      ${delay === form.sendDelay ? raw("checked") : ""}> ${delayWords[delay]}</label>`,
  )}</fieldset>${fieldError(form, "sendDelay")}`;
}

function placeholderList(): Html {
  return html`<dl class="placeholders">${placeholders.map(
    ({ name, meaning }) =>
      html`<div><dt><code data-placeholder="{{${name}}}">{{${name}}}</code></dt><dd>${meaning}</dd></div>`,
  )}</dl>`;
}

function fieldError(form: SettingsForm, field: string): Html | "" {
  const message = form.errors.get(field);
  return message === undefined ? "" : html`<p class="error" role="alert">${message}</p>`;
}
