/** The dashboard and its lists: header, figures, tables, answers. One column where there is little room. */
export const dashboard = `.csat.dashboard{container-type:inline-size;display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
.csat.dashboard ul,.csat.dashboard ol{margin:0;padding:0;list-style:none}
.csat .head{display:flex;flex-wrap:wrap;align-items:center;gap:12px 16px}
.csat .head .days{flex:1 1 0;min-width:144px}
.csat .ranges{position:relative;display:flex;flex-wrap:wrap;gap:4px}
.csat .ranges .button{font-weight:400;list-style:none}
.csat .ranges summary::-webkit-details-marker{display:none}
.csat .ranges summary::after{content:"";margin-inline-start:8px;border:4px solid transparent;border-top-color:currentColor;border-bottom:0}
.csat .ranges [aria-current]{border-color:var(--accent);background:var(--accent);color:var(--on-accent);font-weight:600}
.csat .custom form{position:absolute;z-index:1;inset-inline-start:0;top:100%;display:grid;gap:12px;width:max-content;max-width:100cqi;margin-top:4px}
.csat .custom label{display:flex;flex-direction:row;align-items:center;justify-content:space-between;gap:12px}
.csat .custom input{min-height:36px;padding:4px 8px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.csat .picker{display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.csat .picker label{display:flex;flex:none;flex-flow:row wrap;align-items:center;gap:8px;max-width:100%}
.csat .picker select{width:auto;min-height:36px;max-width:100%;padding:4px 8px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.csat .filter a{margin-inline-start:8px}
.csat .figures{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:16px}
.csat.dashboard .figure>h2{margin:0;color:var(--muted);font-size:14px}
.csat .figure .range{display:flex;flex-wrap:wrap;gap:0 8px}
.csat .figure .value{font-size:28px;line-height:40px;font-weight:600}
.csat .delta{display:block;color:var(--muted);font-size:14px;line-height:20px;font-weight:400}
.csat .delta.up{color:var(--good);font-weight:600}
.csat .delta.down{color:var(--alert);font-weight:600}
.csat .delta.counted{color:var(--ink)}
.csat .none{color:var(--muted)}
.csat [title]:not(a){cursor:help}
.csat .flag{display:inline-block;padding:0 8px;border:1px solid var(--edge);border-radius:8px;color:var(--muted);font-size:12px;line-height:18px;font-weight:400;white-space:nowrap}
.csat .title{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:4px 16px;margin-bottom:12px}
.csat .title .quiet,.csat h2 .quiet{font-weight:400}
.csat .halves{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:16px}
.csat.dashboard .card>h2{margin-bottom:8px}
.csat .halves .shares{display:flex;flex-direction:column}
.csat .shares .ratings{flex:1;display:grid;grid-auto-rows:minmax(36px,1fr)}
.csat .scroll{position:relative;max-height:400px;overflow:auto;border-radius:4px}
.csat .scroll thead th{position:sticky;top:0;z-index:1;background:var(--surface);border-bottom:0;box-shadow:inset 0 -1px var(--line)}
.csat .not-asked summary{width:fit-content}
.csat .not-asked .card{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;align-items:start;margin-top:8px}
.csat .all-days{margin-top:12px}
.csat .all-days .scroll{margin-top:8px}
.csat .all-days th{white-space:nowrap}
.csat .head .back{flex:1 0 100%}
.csat tbody th{color:var(--ink);font-size:14px;font-weight:400}
.csat .standings{table-layout:fixed}
.csat .standings th.number{width:88px}
.csat .standings th.scored{width:36%}
.csat .standings div.scored{display:flex;align-items:center;gap:8px}
.csat .standings div.scored>span:first-child{flex:none;width:64px}
.csat .standings .ends{flex:1;display:flex;justify-content:space-between}
.csat .who{display:flex;gap:8px}
.csat .place{display:none}
.csat .ranked .place{display:block;flex:none;min-width:24px;color:var(--muted);text-align:end}
.csat .how-compared{margin-top:8px}
.csat .how-compared p{margin-top:4px;color:var(--muted)}
.csat .answers>li{display:grid;grid-template-columns:auto minmax(0,1fr);gap:16px;padding:12px 0;border-bottom:1px solid var(--line)}
.csat .answers>li:first-child{padding-top:0}
.csat .answers>li:last-child{padding-bottom:0;border-bottom:0}
.csat .score{align-self:start;min-width:48px;padding:4px 8px;border:1px solid var(--line);border-radius:8px;font-weight:600;text-align:center;white-space:nowrap}
.csat .comment{margin:0;white-space:pre-wrap}
.csat .facts{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:4px}
.csat .pages{display:flex;flex-wrap:wrap;gap:8px}
.csat .empty p{margin-top:8px}
.csat.dashboard .empty ol{margin-top:8px;padding-inline-start:24px;list-style:decimal}
@container (max-width:880px){.csat .not-asked .card{grid-template-columns:minmax(0,1fr)}.csat .figures{grid-template-columns:repeat(2,minmax(0,1fr))}.csat .halves{grid-template-columns:minmax(0,1fr)}}
@container (max-width:480px){.csat .figures{grid-template-columns:minmax(0,1fr)}.csat .standings div.scored{flex-direction:column;align-items:stretch;gap:0}.csat .standings .interval{flex:none;width:auto}.csat .standings .ends{display:none}.csat .scroll th,.csat .scroll td{padding-inline:4px}.csat .standings:not(.weeks){min-width:332px}.csat .standings th.number{width:76px}.csat .standings th.number+th.number{width:60px}.csat .standings th.scored{width:80px}.csat .who{gap:4px}.csat .ranked .place{min-width:16px}.csat .answers>li{gap:12px}}`;
