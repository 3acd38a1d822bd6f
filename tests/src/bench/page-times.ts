import type { RangeInput } from "@csat/core";
import type { Pool } from "pg";
import { csatOver, readPage } from "./dashboard-page.ts";
import { alternating, millisecondsOf } from "./measure.ts";
import { countPage, type Span } from "./straightforward-page.ts";

/**
 * The median milliseconds of one page: by the library, from the rows, and by the library with a tenth of the rows; and
 * with the values of an attribute side by side, of all rows, a tenth of them, and of one value alone.
 */
export interface PageTimes {
  readonly name: string;
  readonly library: number;
  readonly straightforward: number;
  readonly tenth: number;
  readonly bySlice: number;
  readonly bySliceOfTenth: number;
  readonly ofOneValue: number;
}

const dayMs = 86_400_000;
const end = new Date("2026-11-01T00:00:00Z");
const span = (daysBack: number, days: number): Span => ({
  from: new Date(end.getTime() - daysBack * dayMs),
  until: new Date(end.getTime() - (daysBack - days) * dayMs),
});

/** The pages that are measured: 90 days, and the year that was loaded. */
export const pages: readonly {
  readonly name: string;
  readonly range: RangeInput;
  readonly spans: { readonly current: Span; readonly previous: Span };
}[] = [
  { name: "90 days", range: { days: 90 }, spans: { current: span(90, 90), previous: span(180, 90) } },
  {
    name: "a year",
    range: { from: "2025-11-01", to: "2026-10-31" },
    spans: { current: span(365, 365), previous: span(730, 365) },
  },
];

/** Measures each page in turn with the other ways to it. */
export async function measurePages(pool: Pool, rounds: number): Promise<readonly PageTimes[]> {
  const csat = csatOver(pool);
  const measured: PageTimes[] = [];
  for (const { name, range, spans } of pages) {
    const by = { by: "team" } as const;
    const where = { where: { attribute: "team", value: "v7" } } as const;
    const [library = 0, straightforward = 0, tenth = 0, bySlice = 0, bySliceOfTenth = 0, ofOneValue = 0] =
      await alternating(rounds, [
        () => millisecondsOf(() => readPage(csat, "busy", range)),
        () => millisecondsOf(() => countPage(pool, "busy", spans)),
        () => millisecondsOf(() => readPage(csat, "tenth", range)),
        () => millisecondsOf(() => readPage(csat, "busy", range, by)),
        () => millisecondsOf(() => readPage(csat, "tenth", range, by)),
        () => millisecondsOf(() => readPage(csat, "busy", range, where)),
      ]);
    measured.push({ name, library, straightforward, tenth, bySlice, bySliceOfTenth, ofOneValue });
  }
  return measured;
}
