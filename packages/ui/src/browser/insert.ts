const fields = 'textarea,input:not([type]),input[type="text"]';

/** Lets each `[data-insert]` button put its text at the cursor of its form's text field that was used last, else of the last one. */
export function addInsertion(root: ParentNode & EventTarget, signal: AbortSignal): void {
  let used: Element | null = null;
  root.addEventListener(
    "focusin",
    ({ target }) => {
      if (isField(target)) used = target;
    },
    { signal },
  );
  root.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element ? target.closest("[data-insert]") : null;
      const form = button?.closest("form");
      if (!button || !form) return;
      const field = used !== null && form.contains(used) ? used : [...form.querySelectorAll(fields)].at(-1);
      if (isField(field)) insertInto(field, button.getAttribute("data-insert") ?? "");
    },
    { signal },
  );
}

function isField(target: unknown): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof Element && target.matches(fields);
}

function insertInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const { selectionStart, selectionEnd, value } = field;
  field.setRangeText(text, selectionStart ?? value.length, selectionEnd ?? value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  field.focus();
}
