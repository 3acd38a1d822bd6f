import { errorInWords } from "../error-kind.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Claimed } from "../ports/store/session.ts";
import type { Context } from "./context.ts";
import { eventOf, toHeadChange } from "./event-document.ts";
import { eachAlone } from "./write-together.ts";

/** An event that was claimed before there was a place for it. */
export interface Waiting {
  readonly claimed: Claimed;
  /** By `monotonicMs`, before the claim was asked for. */
  readonly askedAt: number;
}

/** Events that wait for a place under their lease. */
export interface EventsAhead {
  /**
   * How many to claim beyond the free places: what the last claims say this worker delivers in a tenth of a second. None
   * while receivers are slow.
   */
  spare(): number;
  /** How many wait, of one workspace or of all. */
  size(workspaceId?: string): number;
  /** Starts what may start, and keeps the rest; each promise resolves when the work on its event has ended. */
  add(claims: readonly Waiting[]): readonly Promise<unknown>[];
  /** Starts what may start by now. */
  goOn(): void;
  /** Ends the leases of what still waits, so that another worker may have it. Never rejects. */
  giveBack(): Promise<void>;
}

const spareForMs = 100;
const leastMeasuredMs = 20;
// What waits longer is given back: its attempt is to have most of the lease.
const waitsAtMost = 0.1;

/** None yet. `begin` starts the work on one, which never rejects. */
export function eventsAhead<Tx>(
  { storage, leaseForMs, clock, logger }: Context<Tx>,
  {
    most,
    hasPlace,
    mayHave,
    begin,
  }: {
    /** Most to claim beyond the free places. */
    readonly most: number;
    readonly hasPlace: () => boolean;
    /** False for a workspace that has enough under way. */
    readonly mayHave: (workspaceId: string) => boolean;
    readonly begin: (one: Waiting) => Promise<unknown>;
  },
): EventsAhead {
  let waiting: readonly (Waiting & { readonly end: (work: unknown) => void })[] = [];
  let spare = 0;
  let ended = 0;
  let since = monotonicMs();

  function measure(): void {
    const ms = monotonicMs() - since;
    if (ms < leastMeasuredMs) return;
    spare = Math.min(most, Math.floor((ended * spareForMs) / ms));
    ended = 0;
    since = monotonicMs();
  }

  function goOn(): void {
    const staleFrom = monotonicMs() - leaseForMs * waitsAtMost;
    // In the order of their claims.
    if (waiting[0] !== undefined && waiting[0].askedAt < staleFrom) {
      void release(waiting.filter(({ askedAt }) => askedAt < staleFrom));
      waiting = waiting.filter(({ askedAt }) => askedAt >= staleFrom);
    }
    for (const one of waiting) {
      if (!hasPlace()) return;
      if (!mayHave(one.claimed.head.key.workspaceId)) continue;
      waiting = waiting.filter((other) => other !== one);
      one.end(
        begin(one).finally(() => {
          ended += 1;
        }),
      );
    }
  }

  async function release(given: typeof waiting): Promise<void> {
    try {
      const heads = given.flatMap(({ claimed: { head, leaseId, due } }) => {
        const event = eventOf(head);
        if (event === null) return [];
        // The record stays as it is, and is due as it was.
        const { due: _due, ...change } = toHeadChange({
          event,
          expected: head.version,
          stored: head.state,
          firstDueAt: due.firstDueAt,
          lease: { id: leaseId, extendMs: 0 },
          now: clock.now(),
        });
        return [change];
      });
      await storage.auto.write(eachAlone(heads));
    } catch (error) {
      logger.warn(
        { events: given.length, cause: errorInWords(error) },
        "events wait until their lease has ended",
      );
    } finally {
      for (const { end } of given) end(undefined);
    }
  }

  return {
    spare: () => spare,
    size: (workspaceId) =>
      workspaceId === undefined
        ? waiting.length
        : waiting.filter(({ claimed }) => claimed.head.key.workspaceId === workspaceId).length,
    add(claims) {
      measure();
      const works = claims.map((one) => {
        return new Promise((end) => {
          waiting = [...waiting, { ...one, end }];
        });
      });
      goOn();
      return works;
    },
    goOn,
    async giveBack() {
      const given = waiting;
      waiting = [];
      if (given.length > 0) await release(given);
    },
  };
}
