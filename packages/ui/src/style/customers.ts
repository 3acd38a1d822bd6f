/** Customers whom nobody asks. */
export const customers = `.csat.customers .head{display:grid;gap:4px}
.csat .look-up{display:grid;grid-template-columns:repeat(2,minmax(0,1fr)) auto;align-items:end;gap:12px;margin-top:12px}
.csat .look-up button{min-height:40px}
.csat.customers tbody th{color:var(--ink);font-size:14px;font-weight:400}
.csat .stands{display:grid;grid-template-columns:minmax(0,1fr);gap:12px}
.csat .lift{display:flex;flex-wrap:wrap;align-items:center;justify-content:end;gap:8px}
.csat .lift input{min-height:36px;max-width:100%;padding:4px 8px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
@container (max-width:640px){.csat .look-up{grid-template-columns:minmax(0,1fr)}.csat.customers thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.csat.customers tr,.csat.customers tbody th,.csat.customers tbody td{display:block}.csat.customers tbody th,.csat.customers tbody td{padding:4px 0;border:0}.csat.customers tr+tr,.csat.customers tbody+tbody{margin-top:8px;padding-top:8px;border-top:1px solid var(--line)}.csat .lift{justify-content:start}}`;
