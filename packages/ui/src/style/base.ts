/** What all views share: type, spaces, cards, tables, buttons, notes, focus. Everything stays below `.csat`. */
export const base = `.csat,.csat *{box-sizing:border-box}
.csat{color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;text-align:start}
.csat h1{margin:0;font-size:20px;line-height:1.3;font-weight:600}
.csat h2{margin:0;font-size:16px;line-height:1.4;font-weight:600}
.csat p{margin:0}
.csat a{color:var(--accent)}
.csat .quiet{color:var(--muted)}
.csat [hidden]{display:none}
.csat .small{font-size:12px}
.csat.view{container-type:inline-size;display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
.csat .card{min-width:0;padding:16px;background:var(--surface);border:1px solid var(--line);border-radius:8px}
.csat .said{display:grid;gap:12px;justify-items:start}
.csat table{width:100%;border-collapse:collapse}
.csat th,.csat td{padding:8px;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
.csat th{color:var(--muted);font-size:12px;font-weight:600}
.csat tr:last-child>td,.csat tr:last-child>th[scope=row]{border-bottom:0}
.csat .number{text-align:end;white-space:nowrap}
.csat button,.csat .button{display:inline-flex;align-items:center;justify-content:center;min-height:36px;padding:4px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.csat .primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.csat button[disabled]{opacity:.6;cursor:default}
.csat :focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.csat .notice{padding:8px 12px;border-inline-start:3px solid var(--accent);background:var(--surface)}
.csat .notice.refused{border-color:var(--alert)}
.csat .wrong{color:var(--alert)}
.csat .wrong::before{content:"! ";font-weight:700}
.csat .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.csat summary{cursor:pointer}
@media (prefers-reduced-motion:no-preference){.csat a,.csat button,.csat .button{transition:background-color 120ms,border-color 120ms}}`;
