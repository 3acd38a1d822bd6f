/** The values of a form as a browser would send them; files are left out. `button` is the one that was pressed. */
export function fieldValues(form: HTMLFormElement, button: HTMLElement | null): URLSearchParams {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values.append(name, value);
  }
  const name = button?.getAttribute("name");
  if (name) values.append(name, button?.getAttribute("value") ?? "");
  return values;
}
