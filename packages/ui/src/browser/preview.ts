import { subjectStyle } from "../settings/subject-style.ts";
import { fieldValues } from "./field-values.ts";
import type { Send } from "./load.ts";
import { trustedHtml } from "./trusted-html.ts";
import { resolve } from "./visit.ts";

/** Where a preview's addresses lead, and how they are asked. */
export interface PreviewSource {
  readonly base: () => string;
  readonly send: Send;
}

const pressed = '[formtarget="csat-preview"]';
const quietMs = 300;

/** Keeps `iframe[name=csat-preview]` showing the mail as it would be with the form's fields. */
export function addPreview(root: ParentNode & EventTarget, source: PreviewSource, signal: AbortSignal): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  root.addEventListener(
    "input",
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void refreshPreview(root, source), quietMs);
    },
    { signal },
  );
  root.addEventListener(
    "submit",
    (event) => {
      if (!(event instanceof SubmitEvent) || !event.submitter?.matches(pressed)) return;
      event.preventDefault();
      void refreshPreview(root, source);
    },
    { signal },
  );
}

const latest = new WeakMap<Element, AbortController>();

/** Asks for the mail and shows it. What fails leaves the one that stands. */
export async function refreshPreview(root: ParentNode, { base, send }: PreviewSource): Promise<void> {
  const button = root.querySelector<HTMLElement>(pressed);
  const form = button?.closest("form");
  const frame = root.querySelector<HTMLIFrameElement>('iframe[name="csat-preview"]');
  const url = resolve(button?.getAttribute("formaction") ?? null, base());
  if (!button || !form || frame === null || url === null) return;
  button.hidden = true;
  latest.get(frame)?.abort();
  const controller = new AbortController();
  latest.set(frame, controller);
  try {
    const response = await send(url, {
      method: "POST",
      headers: { accept: "application/json" },
      body: fieldValues(form, null),
      signal: controller.signal,
    });
    const mail: unknown = response.ok ? await response.json() : null;
    if (controller.signal.aborted || typeof mail !== "object" || mail === null) return;
    if ("html" in mail && "subject" in mail) show(frame, `${mail.html}`, `${mail.subject}`);
  } catch {
    // Too old, or the server is away: the next key asks again.
  }
}

/**
 * The frame inherits the page's policy, which may forbid the mail's inline styles; set by script they are allowed.
 * The sandbox runs no script of the mail.
 */
function show(frame: HTMLIFrameElement, html: string, subject: string): void {
  const held = html.replace(/ style="/g, ' data-style="').replace(/<(\/?)style\b/g, "<$1csat-style hidden");
  const mail = new DOMParser().parseFromString(trustedHtml(held), "text/html");
  const bar = mail.createElement("p");
  bar.dir = "auto";
  bar.textContent = subject;
  bar.setAttribute("data-style", subjectStyle);
  mail.body.prepend(bar);
  const sheets = [...mail.querySelectorAll("csat-style")].map((sheet) => {
    sheet.remove();
    return sheet.textContent;
  });
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.onload = () => {
    const page = frame.contentDocument;
    const Sheet = page?.defaultView?.CSSStyleSheet;
    if (!page || Sheet === undefined) return;
    for (const styled of page.querySelectorAll<HTMLElement>("[data-style]")) {
      styled.style.cssText = styled.getAttribute("data-style") ?? "";
    }
    page.adoptedStyleSheets = sheets.map((text) => {
      const sheet = new Sheet();
      sheet.replaceSync(text ?? "");
      return sheet;
    });
    // Its links lead to a survey that is none.
    page.addEventListener("click", (event) => event.preventDefault());
  };
  frame.srcdoc = trustedHtml(mail.documentElement.outerHTML);
}
