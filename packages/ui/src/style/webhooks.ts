/** Events and how each endpoint fares with them. */
export const webhooks = `.csat.webhooks .head h1{flex:1 1 auto}
.csat ul.events,.csat ul.deliveries{display:grid;grid-template-columns:minmax(0,1fr);margin:0;padding:0;list-style:none}
.csat ul.deliveries{gap:8px}
.csat.webhooks [role=status]+.deliveries{margin-top:12px}
.csat .events>li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr) 88px;align-items:start;gap:4px 16px;padding:12px 0;border-bottom:1px solid var(--line)}
.csat .events>li:first-child{padding-top:0}
.csat .events>li:last-child{padding-bottom:0;border-bottom:0}
.csat .events form{justify-self:end}
.csat .flag.gave_up{border-color:var(--alert);color:var(--alert)}
.csat .flag.delivered{border-color:var(--good);color:var(--good)}
@container (max-width:640px){.csat .events>li{grid-template-columns:minmax(0,1fr)}.csat .events form{justify-self:start;margin-top:4px}}`;
