import type { TicketEvent } from "../policy/transition/transition.ts";
import { type Changed, changeTickets, type Planned } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { together } from "./together.ts";

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
