/** The words of `data-tip`, placed by script. */
export const tooltip = `.csat.tip{position:fixed;z-index:10;max-width:min(320px,100vw - 8px);padding:4px 8px;border-radius:8px;background:var(--ink);color:var(--surface);font-size:12px}
.csat.tip[hidden]{display:none}`;
