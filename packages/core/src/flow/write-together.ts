import type { TicketEvent } from "../policy/transition/transition.ts";
import type { Change } from "../ports/store/change.ts";
import type { HeadChange } from "../ports/store/head.ts";
import { compareText } from "../survey/compare-text.ts";
import { type Changed, changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import type { Planned } from "./ticket-change.ts";
import { type Together, together } from "./together.ts";

/** Writes an event of a worker, in the same statements as others that come soon. @throws CsatError `storage_failed` */
export type WriteTogether = <Event extends TicketEvent>(plan: Planned<Event>) => Promise<Changed<Event>>;

/** Writes events of a worker that come within `waitMs` milliseconds at once. */
export function writeTogether<Tx>({ storage, clock }: Context<Tx>, waitMs: number): WriteTogether {
  const write = together(waitMs, (plans: readonly Planned<TicketEvent>[]) =>
    changeTickets({ store: storage, plans, now: clock.now() }),
  );
  return <Event extends TicketEvent>(plan: Planned<Event>) =>
    // What is answered for a plan is of the plan's own event.
    write(plan);
}

/** Writes records that come within `waitMs` milliseconds at once, each by itself; false for one that somebody else wrote or holds. */
export function settleTogether<Tx>({ storage }: Context<Tx>, waitMs: number): Together<HeadChange, boolean> {
  return together(waitMs, async (heads) => {
    const changes = eachAlone(heads);
    const outcomes = await storage.auto.write(changes);
    const written = new Set(
      changes.flatMap(({ heads }, place) => (outcomes[place] === "written" ? heads : [])),
    );
    return heads.map((head) => written.has(head));
  });
}

/** A change for each of these records of one kind, in key order. */
export function eachAlone(heads: readonly HeadChange[]): readonly Change[] {
  return heads
    .toSorted(
      ({ key: one }, { key: other }) =>
        compareText(one.workspaceId, other.workspaceId) || compareText(one.id, other.id),
    )
    .map((head) => ({ heads: [head] }));
}
