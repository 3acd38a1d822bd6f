import type { ExplainedEntry, TicketPanel } from "@csat/core";
import { csatViews } from "../../src/index.ts";

const views = csatViews({
  basePath: "/csat",
  now: () => new Date("2026-11-30T15:00:00Z"),
  locale: () => "en-GB",
});

/** The panel of ticket T1 at 15:00 UTC on 30 November 2026, as HTML. */
export async function drawPanel(
  panel: TicketPanel,
  journal: readonly ExplainedEntry[] = [],
  { url = "https://desk.example/csat/api/tickets/T1", ...ticket }: Partial<Seen> = {},
): Promise<string> {
  return await views.draw("ticket-panel", { panel, journal, ...ticket }, new Request(url));
}

/** Where a panel stands, and the ticket that whoever draws it names. */
interface Seen {
  readonly url: string;
  readonly ticketId: string;
  readonly mayExclude: boolean;
}

/** Something that happened to ticket T1 at 14:05. */
export function anEntry(changes: Partial<ExplainedEntry> = {}): ExplainedEntry {
  return {
    workspaceId: "acme",
    ticketId: "T1",
    at: new Date("2026-11-30T14:05:00Z"),
    event: "scheduled",
    reason: null,
    actorId: null,
    ...changes,
  };
}

/** An answer of 14:05. */
export function anAnswer(
  changes: { readonly rating?: 1 | 2 | 3 | 4 | 5; readonly comment?: string | null } = {},
): TicketPanel {
  const respondedAt = new Date("2026-11-30T14:05:00Z");
  const response = { workspaceId: "acme", ticketId: "T1", surveyId: "s1", respondedAt };
  return { state: "answered", response: { ...response, rating: 4, comment: null, ...changes } };
}
