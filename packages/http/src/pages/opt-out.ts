import { cutText, isBlank } from "@csat/core";
import { html } from "hono/html";
import type { Html, Look, PageContent } from "./layout.ts";
import { setApart } from "./set-apart.ts";
import type { PageTexts } from "./texts.ts";

/** What the page says: how it stands before a choice, after opting out, and after that was undone. */
export type OptOutState = "asked" | "out" | "undone";

/** One sentence, and one button that changes it. `query` is put behind the address that the form goes to. */
export function optOutPage({
  look,
  state,
  query,
}: {
  readonly look: Look;
  readonly state: OptOutState;
  readonly query: string;
}): PageContent {
  const { texts } = look.locale;
  const action = state === "out" ? "undo" : "opt_out";
  const button = state === "out" ? texts.optOutUndo : texts.optOutSend;
  // Where a choice stands already, the way back is quiet.
  const quiet = state === "asked" ? "" : html` class="plain"`;
  const card = html`<h1>${sentence(look, state)}</h1>
<form method="post" action="?${query}">
<input type="hidden" name="action" value="${action}">
<button type="submit"${quiet}>${button}</button>
</form>`;
  return { look, title: texts.optOutTitle, card };
}

function sentence({ workspaceName, locale: { texts } }: Look, state: OptOutState): Html {
  const name = cutText({ text: (workspaceName ?? "").trim(), maxLength: 80 });
  const { named, nameless } = sentences[state];
  if (isBlank(name)) return html`${texts[nameless]}`;
  return setApart({ text: texts[named], placeholder: "{workspace}", value: name });
}

const sentences: Readonly<
  Record<OptOutState, { readonly named: keyof PageTexts; readonly nameless: keyof PageTexts }>
> = {
  asked: { named: "optOutQuestion", nameless: "optOutQuestionWithoutName" },
  out: { named: "optedOut", nameless: "optedOutWithoutName" },
  undone: { named: "optOutUndone", nameless: "optOutUndoneWithoutName" },
};
