/** Shows the text of `[data-tip]` beside it, under the pointer and at keyboard focus. Escape closes it. */
export function addTooltips(root: Document | ShadowRoot, signal: AbortSignal): void {
  const tip = document.createElement("div");
  tip.className = "csat tip";
  tip.id = "csat-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let shownAt: Element | null = null;

  const hide = () => {
    shownAt?.removeAttribute("aria-describedby");
    shownAt = null;
    tip.hidden = true;
  };
  const follow = ({ target }: Event) => {
    if (!(target instanceof Element) || tip.contains(target)) return;
    const owner = target.closest("[data-tip]");
    if (owner === shownAt) return;
    hide();
    if (owner === null) return;
    shownAt = owner;
    tip.textContent = owner.getAttribute("data-tip");
    // A drawing's own title would show a second one.
    owner.querySelector(":scope>title")?.remove();
    owner.setAttribute("aria-describedby", tip.id);
    (root === document ? document.body : root).append(tip);
    tip.hidden = false;
    place(tip, owner.getBoundingClientRect());
  };
  for (const name of ["pointerover", "focusin"]) root.addEventListener(name, follow, { signal });
  for (const name of ["pointerleave", "focusout"]) root.addEventListener(name, hide, { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide(), { signal });
  signal.addEventListener("abort", () => tip.remove());
}

/** Below its owner, above it where there is no room; never across the edge of the window. */
function place(tip: HTMLElement, owner: DOMRect): void {
  const move = (x: number, y: number) => {
    tip.style.left = `${x}px`;
    tip.style.top = `${y}px`;
  };
  move(0, 0);
  const { width, height, left, top } = tip.getBoundingClientRect();
  const centred = owner.left + owner.width / 2 - width / 2;
  const x = Math.max(4, Math.min(centred, innerWidth - width - 4));
  const below = Math.min(owner.bottom, innerHeight);
  const y = below + height <= innerHeight ? below : Math.max(0, owner.top - height);
  // Inside a transformed host its own corner is not the window's.
  move(x - left, y - top);
}
