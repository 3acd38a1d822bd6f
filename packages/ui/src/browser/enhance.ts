import { addGuard, refreshGuards } from "./guard.ts";
import { addInsertion } from "./insert.ts";
import { addPreview, type PreviewSource, refreshPreview } from "./preview.ts";
import { addTooltips } from "./tooltips.ts";

const done = new WeakSet<Node>();

/** Adds to the views in `root` what needs script. Called again it only looks after what is new. Ends with `signal`. */
export function enhance(root: Document | ShadowRoot, source: PreviewSource, signal: AbortSignal): void {
  if (!done.has(root)) {
    done.add(root);
    signal.addEventListener("abort", () => done.delete(root));
    addTooltips(root, signal);
    addInsertion(root, signal);
    addPreview(root, source, signal);
    addGuard(root, signal);
  }
  refreshGuards(root);
  void refreshPreview(root, source);
}
