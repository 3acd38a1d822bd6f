// The room of a ticket's panel, or whatever is seen at once, is kept free, so that nothing jumps when the view comes.
// In the dark it brings its ground, also for a failure before the views' own style: the host may know light alone.
const own = `:host{display:block}
@media (prefers-color-scheme:dark){:host{color-scheme:dark;background:var(--csat-ground,#121417);color:var(--csat-ink,#eceef1)}}
.skeleton{min-height:var(--csat-min-height,100vh);border-radius:8px;background:var(--csat-line,#8a919c33)}
:host([src*="/api/tickets/"]) .skeleton{min-height:var(--csat-min-height,134px)}`;
const shared = new Map<string, Promise<CSSStyleSheet>>();

/** What holds before the style sheet has come. Given by script, which no policy of the host forbids. */
export function ownSheet(): CSSStyleSheet {
  return sheetOf(own);
}

/** The style sheet of the views of a handler; asked for once, and again after a failure. */
export function viewSheet(address: string, init: RequestInit): Promise<CSSStyleSheet> {
  const known = shared.get(address);
  if (known !== undefined) return known;
  const coming = fetchSheet(address, init);
  shared.set(address, coming);
  coming.catch(() => shared.delete(address));
  return coming;
}

async function fetchSheet(address: string, init: RequestInit): Promise<CSSStyleSheet> {
  const response = await fetch(address, init);
  if (!response.ok || !response.headers.get("content-type")?.startsWith("text/css")) {
    throw new Error(`The style sheet could not be loaded (${response.status}).`);
  }
  return sheetOf(await response.text());
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
