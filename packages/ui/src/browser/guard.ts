const guarded = 'form[data-csat-form="guarded"]';

/** Keeps changes in guarded forms from being lost: Save waits for a change, leaving the page asks. */
export function addGuard(root: ParentNode & EventTarget, signal: AbortSignal): void {
  let isSaving = false;
  // Resets change the fields after their event.
  for (const name of ["input", "change", "reset"]) {
    root.addEventListener(name, () => queueMicrotask(() => refreshGuards(root)), { signal });
  }
  root.addEventListener(
    "submit",
    (event) => {
      const saved = event.target instanceof Element && event.target.matches(guarded);
      if (saved && !event.defaultPrevented) isSaving = true;
    },
    { signal },
  );
  addEventListener(
    "beforeunload",
    (event) => {
      if (!isSaving && hasChanges(root)) event.preventDefault();
    },
    { signal },
  );
  // A page that comes back from the browser's memory was left, not closed.
  addEventListener("pageshow", () => (isSaving = false), { signal });
  refreshGuards(root);
}

/** Lets the Save buttons of guarded forms follow their fields. */
export function refreshGuards(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>(guarded)) {
    const isChanged = formHasChanges(form);
    for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button],[formaction])")) {
      button.disabled = !isChanged;
    }
  }
}

/** True while a guarded form holds what was not saved. */
export function hasChanges(root: ParentNode): boolean {
  return [...root.querySelectorAll<HTMLFormElement>(guarded)].some(formHasChanges);
}

/** What is asked before changes are lost, in the words of the form. */
export function leaveWords(root: ParentNode): string {
  return root.querySelector<HTMLFormElement>(guarded)?.dataset.leave ?? "";
}

function formHasChanges(form: HTMLFormElement): boolean {
  // What was refused or tried is not saved either.
  if (form.matches("[data-unsaved],:has([aria-invalid])")) return true;
  return [...form.elements].some((field) => {
    if (field instanceof HTMLInputElement && /^(?:radio|checkbox)$/.test(field.type)) {
      return field.checked !== field.defaultChecked;
    }
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      return field.value !== field.defaultValue;
    }
    if (!(field instanceof HTMLSelectElement)) return false;
    return [...field.options].some(({ selected, defaultSelected }) => selected !== defaultSelected);
  });
}
