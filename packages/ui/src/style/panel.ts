/** The panel beside a ticket, and the journal. */
export const panel = `.csat.panel .card{display:grid;grid-template-columns:minmax(0,1fr);gap:4px}
.csat.panel h2{margin-bottom:4px;font-size:14px}
.csat .rated{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;font-size:20px;line-height:1.4}
.csat .places circle{fill:none;stroke:var(--edge);stroke-width:1px}
${[1, 2, 3, 4, 5].map((rating) => `.csat .places .fill-${rating}{fill:var(--scale-${rating});stroke:var(--scale-${rating})}`).join("\n")}
.csat.panel .comment{margin:4px 0;padding-inline-start:12px;border-inline-start:1px solid var(--edge)}
.csat .asking{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;margin-top:8px}
.csat .exclude{margin-top:4px}
.csat .exclude summary{width:fit-content;padding:4px 0;color:var(--muted)}
.csat .exclude summary:hover{color:var(--ink)}
.csat .exclude select{min-height:36px;max-width:100%;padding:4px 8px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.csat .exclude .asking p{flex:1 0 100%}
.csat .why{margin-top:4px}
.csat .why summary{width:fit-content;color:var(--muted)}
.csat .why summary:hover{color:var(--ink)}
.csat .why[open] summary{margin-bottom:8px}
.csat ol.journal{display:grid;grid-template-columns:minmax(0,1fr);gap:8px;margin:0;padding:0;list-style:none}
.csat .journal li>span{display:block}`;
