import { isOfHandler, isView, type Mount } from "./address.ts";
import { fieldValues } from "./field-values.ts";

/** A view that is asked for. */
export interface Visit {
  readonly url: URL;
  /** The form that is posted; null to read. */
  readonly body: URLSearchParams | null;
}

/**
 * What a click leads to when the handler answers it with a view, or with a file to save where files are asked for as well;
 * null leaves it to the browser.
 */
export function visitOfClick(event: MouseEvent, from: URL, mount: Mount, withFiles: boolean): Visit | null {
  const { button, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
  if (defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return null;
  const link = event.composedPath().find((part) => part instanceof Element && part.matches("a[href]"));
  if (!(link instanceof Element) || isAway(link.getAttribute("target"))) return null;
  const url = resolve(link.getAttribute("href"), from);
  return url !== null && (withFiles ? isOfHandler : isView)(url, mount) ? { url, body: null } : null;
}

/** What sending a form leads to; null leaves it to the browser. */
export function visitOfSubmit(event: SubmitEvent, from: URL, mount: Mount): Visit | null {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return null;
  const said = (name: string) =>
    event.submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const url = resolve(said("action"), from);
  if (isAway(said("target")) || url === null || !isView(url, mount)) return null;
  const values = fieldValues(form, event.submitter);
  if (said("method").toLowerCase() === "post") return { url, body: values };
  url.search = values.toString();
  return { url, body: null };
}

/** The address of what is read there; null for none. */
export function resolve(address: string | null, from: URL | string): URL | null {
  return address !== null && URL.canParse(address, from) ? new URL(address, from) : null;
}

function isAway(target: string | null): boolean {
  return target !== null && target !== "" && target !== "_self";
}
