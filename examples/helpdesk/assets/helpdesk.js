// A comfort on top of pages that work without it: select-all.

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
