import { type Html, html, nothing } from "../html.ts";

/** Sentences by the field of the settings form that they are about. */
export interface FieldErrors {
  readonly errors: ReadonlyMap<string, string>;
}

/** What marks a field as refused, and names what describes it: its error and, where it has one, its hint. */
export function marks({ errors }: FieldErrors, field: string, hint?: string): Html {
  const describedBy = [hint, errors.has(field) ? errorId(field) : undefined].filter(Boolean).join(" ");
  const described = describedBy === "" ? nothing : html` aria-describedby="${describedBy}"`;
  return html`${errors.has(field) ? html` aria-invalid="true"` : nothing}${described}`;
}

/** What is wrong with a field; nothing where it is right. */
export function errorOf({ errors }: FieldErrors, field: string): Html {
  const message = errors.get(field);
  return message === undefined ? nothing : html`<p class="wrong small" id="${errorId(field)}">${message}</p>`;
}

function errorId(field: string): string {
  return `csat-${field}-error`;
}
