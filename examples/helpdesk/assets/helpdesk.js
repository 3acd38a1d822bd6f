// Comforts on top of pages that work without them: select-all, placeholders at the cursor, a preview while typing.

const selectAll = document.querySelector("[data-select-all]");
if (selectAll) {
  const boxes = [...document.querySelectorAll('input[name="ids"]')];
  const show = () => {
    const checked = boxes.filter((box) => box.checked).length;
    selectAll.checked = checked > 0 && checked === boxes.length;
    selectAll.indeterminate = checked > 0 && checked < boxes.length;
  };
  selectAll.hidden = boxes.length === 0;
  selectAll.addEventListener("change", () => {
    for (const box of boxes) box.checked = selectAll.checked;
  });
  for (const box of boxes) box.addEventListener("change", show);
}

const settings = document.querySelector("[data-settings]");
if (settings) {
  const save = settings.querySelector("[data-save]");
  const preview = settings.querySelector("[data-preview]");
  const values = () => new URLSearchParams(new FormData(settings)).toString();
  const saved = values();
  const wasRefused = document.querySelector(".error") !== null;
  const isChanged = () => wasRefused || values() !== saved;
  let saving = false;
  let waiting;

  // A fresh frame each time: navigating the old one would fill the history with previews.
  const showPreview = () => {
    const frame = document.querySelector('iframe[name="preview"]');
    const next = frame.cloneNode();
    next.removeAttribute("src");
    frame.replaceWith(next);
    settings.requestSubmit(preview);
  };

  save.disabled = !isChanged();
  preview.hidden = true;
  settings.addEventListener("input", () => {
    save.disabled = !isChanged();
    clearTimeout(waiting);
    waiting = setTimeout(showPreview, 300);
  });
  settings.addEventListener("submit", (event) => {
    saving = event.submitter !== preview;
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged() && !saving) event.preventDefault();
  });

  let lastField = settings.querySelector('[name="bodyIntro"]');
  for (const field of settings.querySelectorAll('[name="subject"], [name="bodyIntro"]')) {
    field.addEventListener("focus", () => {
      lastField = field;
    });
  }
  for (const code of settings.querySelectorAll("[data-placeholder]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = code.textContent;
    button.title = "Insert at the cursor";
    button.addEventListener("click", () => {
      lastField.setRangeText(
        code.dataset.placeholder,
        lastField.selectionStart,
        lastField.selectionEnd,
        "end",
      );
      lastField.focus();
      lastField.dispatchEvent(new Event("input", { bubbles: true }));
    });
    code.replaceWith(button);
  }
}
