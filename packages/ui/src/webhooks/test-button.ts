import { type Html, html } from "../html.ts";

/** A form of one button that sends a test event. */
export function testButton(apiPath: string, label: string): Html {
  return html`<form method="post" action="${apiPath}/webhooks/test"><button type="submit">${label}</button></form>`;
}
