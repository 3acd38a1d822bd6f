import { isView, type Mount } from "./address.ts";
import type { Visit } from "./visit.ts";

/** Sends a request of a view, with the host's headers. */
export type Send = (url: URL, init: RequestInit) => Promise<Response>;

/** A view that has come. */
export interface Loaded {
  /** Where it stands after redirects. */
  readonly url: URL;
  /** Of the tab. */
  readonly title: string;
  /** Escaped by the handler. */
  readonly html: string;
  readonly isOk: boolean;
}

/** Asks for a view and takes nothing but a view of this handler. @throws Error in words for the reader */
export async function load({ url, body }: Visit, mount: Mount, send: Send): Promise<Loaded> {
  const init: RequestInit = {
    headers: { accept: "text/html", "x-csat-embed": "1" },
    ...(body === null ? {} : { method: "POST", body }),
  };
  const response = await send(url, init);
  const end = new URL(response.url);
  const title = response.headers.get("x-csat-title");
  const type = response.headers.get("content-type") ?? "";
  if (title !== null && type.startsWith("text/html") && isView(end, mount)) {
    return { url: end, title: decodeURIComponent(title), html: await response.text(), isOk: response.ok };
  }
  throw new Error(
    response.redirected
      ? "The server led to another page. You may have to sign in again."
      : `The server answered without a view (${response.status}).`,
  );
}
