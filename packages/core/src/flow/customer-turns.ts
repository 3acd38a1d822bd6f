import { withDeadline } from "../deadline.ts";

/** The turn of one survey among those of its customer. */
export interface CustomerTurn {
  /** True when another one was under way: what was read of the customer before may have changed. */
  readonly hasWaited: boolean;
  /** Lets the next one begin. */
  end(): void;
}

/** Asks for the turn of a customer's survey; waits `withinMs` milliseconds at most, and goes on without it then. */
export type CustomerTurns = (customer: string, withinMs: number) => Promise<CustomerTurn>;

/**
 * Surveys of one customer are decided on one after the other, in the order in which they ask: who is due first is asked
 * first, and the others know what became of that. This process's view; between processes the customer's record decides.
 */
export function customerTurns(): CustomerTurns {
  const last = new Map<string, Promise<void>>();
  return async (customer, withinMs) => {
    const before = last.get(customer);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const mine = before === undefined ? ended : before.then(() => ended);
    last.set(customer, mine);
    void mine.then(() => {
      if (last.get(customer) === mine) last.delete(customer);
    });
    if (before !== undefined)
      await withDeadline({ timeoutMs: withinMs, work: () => before, otherwise: () => {} });
    return { hasWaited: before !== undefined, end };
  };
}
