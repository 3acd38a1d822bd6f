import type { TicketRef } from "@csat/core";

/** What happened to each entry of a batch, in the order of the entries; `again` answers a ticket's second entry. */
export function outcomesInOrder<Outcome extends TicketRef>({
  entries,
  outcomes,
  again,
}: {
  readonly entries: readonly TicketRef[];
  readonly outcomes: readonly Outcome[];
  readonly again: (first: Outcome) => Outcome;
}): readonly Outcome[] {
  const byTicket = new Map(outcomes.map((outcome) => [keyOf(outcome), outcome]));
  return entries.flatMap((entry) => {
    const outcome = byTicket.get(keyOf(entry));
    if (outcome === undefined) return [];
    byTicket.set(keyOf(entry), again(outcome));
    return [outcome];
  });
}

function keyOf({ workspaceId, ticketId }: TicketRef): string {
  return JSON.stringify([workspaceId, ticketId]);
}
