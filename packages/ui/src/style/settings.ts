/** The form of the settings, and the mail beside it. Parts that matter while surveys are on fold away with the switch. */
export const settings = `.csat .sides{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;align-items:start}
.csat .fields{display:grid;grid-template-columns:minmax(0,1fr);gap:20px}
.csat .field{display:grid;grid-template-columns:minmax(0,1fr);gap:4px}
.csat .field label,.csat legend{margin:0;padding:0;color:var(--ink);font-size:14px;font-weight:600}
.csat .field input,.csat textarea{width:100%;min-height:40px;padding:8px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.csat .field .short{width:112px}
.csat .section{padding-top:20px;border-top:1px solid var(--line)}
.csat .section legend{float:inline-start;width:100%;font-size:16px}
.csat .section legend+p{margin-top:-12px}
.csat .try{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px}
.csat .tried{display:grid;grid-template-columns:minmax(0,1fr);gap:12px}
.csat .tried h3{margin:0;font-size:14px}
.csat .reasons tbody th{color:var(--ink);font-size:14px;font-weight:400}
.csat .reasons .number{width:96px}
.csat textarea{display:block;resize:vertical}
.csat ::placeholder{color:var(--muted);opacity:1;unicode-bidi:plaintext}
.csat [aria-invalid]:not(fieldset){border-color:var(--alert)}
.csat fieldset{min-width:0;margin:0;padding:0;border:0}
.csat .choices{display:grid;grid-template-columns:repeat(auto-fit,minmax(max(132px,40%),1fr));gap:0 16px;margin-top:4px}
.csat .choice,.csat .switch{display:flex;flex-direction:row;align-items:center;gap:8px;min-height:32px;font-size:14px;font-weight:400;cursor:pointer}
.csat .choice input{flex:none;width:16px;height:16px;margin:0;accent-color:var(--accent)}
.csat .switch{gap:12px;font-weight:600}
.csat .switch input{appearance:none;position:relative;flex:none;width:40px;height:24px;margin:0;border:1px solid var(--edge);border-radius:12px;background:var(--ground);cursor:pointer}
.csat .switch input::before{content:"";position:absolute;top:3px;inset-inline-start:3px;width:16px;height:16px;border-radius:8px;background:var(--edge)}
.csat .switch input:checked{border-color:var(--accent);background:var(--accent)}
.csat .switch input:checked::before{inset-inline-start:19px;background:var(--on-accent)}
.csat ul.insertions{display:grid;gap:8px;margin:0;padding:0;list-style:none}
.csat .insertions li{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px}
.csat .insertion{min-width:160px;min-height:28px;padding:0 8px;font-weight:400}
.csat .actions{display:flex;flex-wrap:wrap;gap:8px}
.csat .preview{display:grid;gap:8px;position:sticky;top:16px}
.csat iframe{display:block;width:100%;height:600px;border:1px solid var(--line);border-radius:8px}
.csat .when-off{display:none}
.csat.settings:has([name=enabled]:not(:checked)):not(:has([aria-invalid],:invalid)) .when-on{display:none}
.csat.settings:has([name=enabled]:not(:checked)) .when-off{display:block}
@media (scripting:none){.csat .insertion{padding:0;border:0;background:none;justify-content:start;cursor:text;user-select:text;pointer-events:none}}
@media (forced-colors:active){.csat .switch input{appearance:auto;width:24px}.csat .switch input::before{display:none}}
@media (prefers-reduced-motion:no-preference){.csat .switch input::before{transition:inset-inline-start 120ms}}
@container (max-width:800px){.csat .sides{grid-template-columns:minmax(0,1fr)}.csat .preview{position:static}}`;
