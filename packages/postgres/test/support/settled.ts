import type { Change, CountDelta, Rating } from "@csat/core";
import { at, ticketHead, ticketKey } from "./heads.ts";

const day = "2026-01-05";
const none = [0, 0, 0, 0, 0] as const;

/** What a send on Monday writes: the ticket, and that it is counted. */
export function sentChange(workspaceId: string, ticketId: string, expected = 0): Change {
  const cells = { kind: "ticket", sentAt: at(61), resolvedBy: "ann" } as const;
  const sent: CountDelta = { day, resolvedBy: "ann", sent: 1, answered: 0, ratings: none };
  return { heads: [ticketHead(ticketKey(workspaceId, ticketId), { expected, cells })], deltas: [sent] };
}

/** What an answer with that rating writes on the same day. */
export function answeredChange(
  workspaceId: string,
  ticketId: string,
  { expected = 1, rating = 5 }: { readonly expected?: number; readonly rating?: Rating } = {},
): Change {
  const cells = { kind: "ticket", sentAt: at(61), resolvedBy: "ann" } as const;
  const at5 = none.map((_, index) => (index + 1 === rating ? 1 : 0));
  const [r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0] = at5;
  return {
    heads: [ticketHead(ticketKey(workspaceId, ticketId), { expected, cells })],
    answer: {
      kind: "put",
      surveyId: `survey of ${ticketId}`,
      rating,
      comment: "Quick.",
      respondedAt: at(62),
      resolvedBy: "ann",
    },
    deltas: [{ day, resolvedBy: "ann", sent: 0, answered: 1, ratings: [r1, r2, r3, r4, r5] }],
  };
}
