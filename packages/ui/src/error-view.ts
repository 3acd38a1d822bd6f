import type { CsatIssue } from "@csat/core";
import { type Html, html } from "./html.ts";
import type { ViewContext } from "./view-context.ts";

/** A refusal, as the routes tell it. */
export interface Refusal {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly issues?: readonly CsatIssue[];
  };
}

/** What happened in one sentence, and the way to try again. A form that was refused is not sent again: it leads to where it stands. */
export function errorView({ error }: Refusal, { url, apiPath, method, wording }: ViewContext): Html {
  const isForm = method === "POST";
  const [first = ""] = url.pathname.slice(`${apiPath}/`.length).split("/");
  const part = first === "customers" ? "customers/suppressed" : first;
  const [href, label] = isForm
    ? [`${apiPath}/${part}`, wording.say("back")]
    : [`${url.pathname}${url.search}`, wording.say("tryAgain")];
  const reasons = (error.issues ?? []).map((issue) => html`<li>${issue.path} ${issue.message}</li>`);
  return html`<section class="csat view" data-csat-view="error" lang="${wording.lang}" dir="${wording.dir}"><div class="card said">
<h1>${wording.say("failed")}</h1>
<p role="alert">${error.message}</p>
${reasons.length === 0 ? "" : html`<ul>${reasons}</ul>`}
<p><a class="button" href="${href}">${label}</a></p>
</div></section>`;
}
