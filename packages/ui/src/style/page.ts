/** A view alone in a browser window. */
export const page = `.csat-page{margin:0;background:var(--csat-ground,#f3f4f6);color-scheme:light dark}
.csat-page>main{max-width:1120px;margin:0 auto;padding:24px 16px}
@media (prefers-color-scheme:dark){.csat-page{background:var(--csat-ground,#121417)}}
[data-csat-scheme=light] .csat-page{background:var(--csat-ground,#f3f4f6);color-scheme:light}
[data-csat-scheme=dark] .csat-page{background:var(--csat-ground,#121417);color-scheme:dark}`;
