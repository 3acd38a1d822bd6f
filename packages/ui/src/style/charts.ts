/** Lines, bars and axes. Drawings stretch; their strokes and words do not. */
export const charts = `.csat .trend{direction:ltr;display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:8px;padding-top:8px}
.csat .trend.one-axis{grid-template-columns:auto minmax(0,1fr)}
.csat .trend .axis{display:flex;flex-direction:column;justify-content:space-between;height:200px;color:var(--muted);font-size:12px;text-align:end}
.csat .trend .axis span{height:0;line-height:0}
.csat .trend .plot{position:relative;height:200px}
.csat .trend .plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.csat .trend .ticks{grid-column:2;width:100%;height:20px;overflow:visible;fill:var(--muted);font-size:12px;text-anchor:middle}
.csat .lines,.csat .halo,.csat .average,.csat .dots{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round;stroke-linejoin:round}
.csat .lines{stroke:var(--line);stroke-width:1px}
.csat .bars{fill:var(--scale-3)}
.csat .halo{stroke:var(--surface);stroke-width:6px}
.csat .average{stroke:var(--scale-5);stroke-width:2px}
.csat .average.fine{stroke-width:1px}
.csat .dots{stroke:var(--scale-5);stroke-width:7px}
.csat .links rect{fill:transparent}
.csat .links a:hover rect{fill:var(--ink);fill-opacity:.1}
.csat .legend{display:flex;flex-wrap:wrap;gap:4px 16px}
.csat .legend svg{margin-inline-end:4px;vertical-align:-1px}
.csat .ratings a{display:grid;grid-template-columns:16px minmax(0,1fr) minmax(48px,auto) 48px;align-items:center;gap:8px;height:100%;padding:0 4px;margin:0 -4px;border-radius:8px;color:var(--ink);text-decoration:none}
.csat .ratings a:hover{background:var(--ground)}
.csat .share{display:block;width:100%;height:20px;border-left:1px solid var(--edge)}
.csat[dir=rtl] .share,.csat[dir=rtl] .interval,.csat[dir=rtl] .places,.csat[dir=rtl] .arrow{transform:scaleX(-1)}
.csat .arrow{display:inline-block}
.csat .interval{flex:1;display:block;min-width:40px;height:16px;margin:0 4px;overflow:visible}
.csat .interval .axis{stroke:var(--line);stroke-width:1px}
.csat .interval .between{stroke:var(--scale-4);stroke-width:4px;stroke-linecap:round}
.csat .interval circle{fill:var(--scale-5);stroke:var(--surface);stroke-width:1px}
${[1, 2, 3, 4, 5].map((rating) => `.csat .fill-${rating}{fill:var(--scale-${rating})}.csat .score.edge-${rating}{border-inline-start:4px solid var(--scale-${rating})}`).join("\n")}
@container (max-width:640px){.csat .trend .minor{display:none}}
@media (forced-colors:active){.csat .bars,.csat .ratings rect{fill:CanvasText}.csat .average,.csat .dots,.csat .interval line{stroke:Highlight}.csat .interval circle{fill:Highlight}}`;
