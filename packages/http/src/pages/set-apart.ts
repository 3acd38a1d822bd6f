import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A sentence with a value in place of its placeholder, set apart: it may be written in another direction than the page. */
export function setApart({
  text,
  placeholder,
  value,
}: {
  readonly text: string;
  readonly placeholder: string;
  readonly value: string;
}): Html {
  const [before = "", ...rest] = text.split(placeholder);
  return html`${before}${rest.map((after) => html`<bdi>${value}</bdi>${after}`)}`;
}
