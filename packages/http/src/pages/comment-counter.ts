import { html, raw } from "hono/html";
import type { Html } from "./layout.ts";

/**
 * Says near the limit how many characters are left, counted as the core counts them: by code points. It reads and
 * writes the page alone, sends nothing, and is the same for every page, so that one hash allows it.
 */
export const counterScript = `{const comment=document.getElementById("comment"),left=document.getElementById("comment-left"),{limit,text}=left.dataset,count=()=>{const rest=limit-[...comment.value].length;left.textContent=rest<=limit/10?text.replace("{left}",rest.toLocaleString(document.documentElement.lang)):"";left.className=rest<0?"wrong":"quiet"};comment.addEventListener("input",count);count()}`;

/** Where the count will stand, and the script that puts it there. `limit` in code points; `text` holds `{left}`. */
export function commentCounter({ limit, text }: { readonly limit: number; readonly text: string }): {
  readonly place: Html;
  readonly script: Html;
} {
  return {
    place: html`<p id="comment-left" class="quiet" aria-live="polite" data-limit="${limit}" data-text="${text}"></p>
`,
    script: html`
<script>${raw(counterScript)}</script>`,
  };
}
