import type { Change, Rating, Store } from "@csat/core";
import { aChange, aDelta, aHead, aKey, anAnswer, uniqueId, utc } from "./builders.ts";
import { mustWrite } from "./steps.ts";

/** Monday 2 March 2026 and the six days after it, in UTC. */
export const current = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-09T00:00:00.000Z") };

/** The week before `current`. */
export const previous = { from: utc("2026-02-23T00:00:00.000Z"), until: utc("2026-03-02T00:00:00.000Z") };

/** One survey of the past: when its mail was accepted, and what came of it. */
export interface Past {
  readonly workspaceId: string;
  readonly ticketId?: string;
  /** ISO time in UTC; left out where nothing was sent. */
  readonly sentAt?: string;
  /** Rating and ISO time of the answer; left out where none came. */
  readonly answer?: readonly [Rating, string];
  /** First resolver; left out for Unattributed. */
  readonly actorId?: string;
}

/** The change that tells of it all at once, with the counts that belong to it. */
function changeOf({ workspaceId, ticketId, sentAt, answer, actorId }: Past): Change {
  const resolvedBy = actorId ?? null;
  const dayOf = (iso: string) => iso.slice(0, "YYYY-MM-DD".length);
  const ticket = aKey({ workspaceId, id: ticketId ?? uniqueId("ticket") });
  const cells = { kind: "ticket", sentAt: sentAt === undefined ? null : utc(sentAt), resolvedBy } as const;
  const sends =
    sentAt === undefined
      ? []
      : [aDelta({ day: dayOf(sentAt), resolvedBy, sent: 1, answered: answer === undefined ? 0 : 1 })];
  if (answer === undefined) return aChange([aHead(ticket, { cells })], { deltas: sends });
  const [rating, respondedAt] = answer;
  return aChange([aHead(ticket, { cells })], {
    answer: anAnswer({ rating, respondedAt: utc(respondedAt), resolvedBy }),
    deltas: [...sends, rated({ day: dayOf(respondedAt), resolvedBy, rating })],
  });
}

/** One response of this rating. */
export function rated({
  day,
  resolvedBy,
  rating,
  count = 1,
}: {
  readonly day: string;
  readonly resolvedBy: string | null;
  readonly rating: Rating;
  readonly count?: number;
}) {
  const only = (one: Rating) => (one === rating ? count : 0);
  return aDelta({ day, resolvedBy, ratings: [only(1), only(2), only(3), only(4), only(5)] });
}

/** Lets those surveys happen, in one write. */
export async function happened(storage: Store<unknown>, ...pasts: readonly Past[]): Promise<void> {
  const changes = pasts.map(changeOf);
  const idOf = (change: Change) => JSON.stringify(change.heads.map(({ key }) => [key.workspaceId, key.id]));
  await mustWrite(storage.auto, ...changes.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)));
}

/** Counts that no row stands for, as a mistake would leave them. */
export async function miscounted(
  storage: Store<unknown>,
  workspaceId: string,
  ...deltas: NonNullable<Change["deltas"]>
): Promise<void> {
  await mustWrite(storage.auto, aChange([aHead(aKey({ workspaceId }))], { deltas }));
}

/** A time on that day at noon. */
export function noon(day: string): string {
  return `${day}T12:00:00.000Z`;
}
