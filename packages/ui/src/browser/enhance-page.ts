import { enhance } from "./enhance.ts";

/** Adds to the views of this page what needs script. */
export function enhancePage(): void {
  const send = (url: URL, init: RequestInit) => fetch(url, { mode: "same-origin", ...init });
  enhance(document, { base: () => location.href, send }, new AbortController().signal);
}
