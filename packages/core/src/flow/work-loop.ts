import { errorInWords } from "../error-kind.ts";
import { isBreakerOpen } from "../policy/mail-breaker.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { HeadChange } from "../ports/store/head.ts";
import type { Claimed, ClaimRequest } from "../ports/store/session.ts";
import { compareText } from "../survey/compare-text.ts";
import type { Context } from "./context.ts";
import { deliverEvent } from "./deliver-event.ts";
import { type SendResult, sendSurveys } from "./send-surveys.ts";
import { together } from "./together.ts";
import { writeTogether } from "./write-together.ts";

/** A worker's loop over everything that is due. */
export interface WorkLoop {
  /**
   * Sets the loop going, which claims and works until nothing more is due. Resolves when what was claimed for this call has
   * ended: by the next round of claims, or by all of them until nothing was left to claim. What is claimed while several
   * calls wait is the first one's. Rejects when a claim failed.
   */
  wake(until: "next_round" | "nothing_left"): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** How a loop works. */
export interface WorkLoopOptions {
  /** Most things under way at once, surveys and events together. */
  readonly concurrency: number;
  /** Most surveys, and most events, to claim in all; null for all that are due. */
  readonly limit: number | null;
  /** Aborts what is under way. */
  readonly signal: AbortSignal | undefined;
  /** Claims nothing more, and lets what is under way finish. */
  readonly stopping: AbortSignal | undefined;
  /** Up to when things are due. */
  readonly until: () => Date;
  readonly onSurvey: (result: SendResult) => void;
  readonly onDelivered: (count: number) => void;
}

// Outcomes of mails and deliveries come one by one; those of so many milliseconds are written at once.
const settleWaitMs = 5;

/** One of the two kinds of work. */
interface Line {
  readonly kind: ClaimRequest["kind"];
  /** False when the last claim found less than it asked for and nobody woke the loop since. */
  more: boolean;
  left: number;
  /** Under way, by workspace. */
  readonly atWork: Map<string, number>;
  /** Whose turn it was last. */
  after: string | null;
  /** True when a workspace was left out of the last claim because it had enough under way. */
  passedOver: boolean;
  except(): readonly string[];
  /** Most to claim at once. */
  room(): number;
  start(claims: Claims): readonly Promise<unknown>[];
}

interface Claims {
  readonly claims: readonly Claimed[];
  readonly askedAt: number;
  /** Gives up the place of a claim before its work ends: what is left is to write down what became of it. */
  readonly leave: (place: number) => void;
}

/** Somebody who waits for what is claimed from now on. */
interface Waiter {
  readonly until: "next_round" | "nothing_left";
  readonly works: Promise<unknown>[];
  readonly resolve: (works: Promise<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Works on surveys and events side by side: neither takes all places while the other has work, and half of the places at
 * most deliver events of one workspace, whose receivers may be slow. Nothing is claimed before there is a place for it. A
 * claim costs the same for one as for many: with all places taken the next waits until a quarter is free, unless it is
 * for the kind of which hardly anything is under way.
 */
export function workLoop<Tx>(context: Context<Tx>, options: WorkLoopOptions): WorkLoop {
  const { storage, leaseForMs, clock, breakers, logger } = context;
  const { concurrency, signal, stopping } = options;
  const running = new Set<Promise<unknown>>();
  let takenPlaces = 0;
  const waiters = new Set<Waiter>();
  let notify = () => {};
  let current: Promise<void> | null = null;
  // True from when all places are taken until a quarter of them is free again.
  let isPausing = false;
  // Events first: most often there are none, and then mails may take all places.
  const lines = [...(context.webhooks === null ? [] : [eventLine(context.webhooks)]), surveyLine()];
  // A part of the places is kept for the other kind: a slow mail server holds up no event.
  const most = Math.max(1, concurrency - Math.floor(concurrency / 5));
  const kept = Math.max(1, Math.floor(concurrency / 5));
  const mostOfOne = Math.ceil(concurrency / 2);

  function line(kind: Line["kind"], parts: Pick<Line, "except" | "room" | "start">): Line {
    return {
      kind,
      more: false,
      left: options.limit ?? Infinity,
      atWork: new Map(),
      after: null,
      passedOver: false,
      ...parts,
    };
  }

  function surveyLine(): Line {
    const decide = writeTogether(context, 0);
    const settle = writeTogether(context, settleWaitMs);
    return line("ticket", {
      except: () => {
        const now = clock.now();
        // Before the ticket is read nobody knows its channel: a workspace is left out when all of them are down.
        const channels = [...breakers.values()];
        return [...(channels[0]?.keys() ?? [])].filter((workspaceId) =>
          channels.every((channel) => isBreakerOpen({ breaker: channel.get(workspaceId), now })),
        );
      },
      room: () => concurrency,
      start: ({ claims, askedAt }) =>
        sendSurveys(context, { claims, askedAt, signal, decide, settle }).map((sent) =>
          sent.then(options.onSurvey),
        ),
    });
  }

  function eventLine(webhooks: NonNullable<Context<Tx>["webhooks"]>): Line {
    const settle = together(settleWaitMs, async (heads: readonly HeadChange[]) => {
      const outcomes = await storage.auto.write(heads.toSorted(byKey).map((head) => ({ heads: [head] })));
      const written = new Map(
        heads.toSorted(byKey).map((head, place) => [head, outcomes[place] === "written"]),
      );
      return heads.map((head) => written.get(head) ?? false);
    });
    const events = line("event", {
      except: () => [...events.atWork].filter(([, count]) => count >= mostOfOne).map(([id]) => id),
      // Of the workspaces that are not left out, none comes to more than its part by one claim.
      room: () =>
        mostOfOne - Math.max(0, ...[...events.atWork.values()].filter((count) => count < mostOfOne)),
      start: ({ claims, askedAt, leave }) =>
        claims.map((claimed, place) =>
          deliverEvent(context, {
            webhooks,
            claimed,
            askedAt,
            signal,
            attempted: () => leave(place),
            settle,
          }).then(options.onDelivered),
        ),
    });
    return events;
  }

  const mayGoOn = () => signal?.aborted !== true && stopping?.aborted !== true;

  async function run(): Promise<void> {
    try {
      while (mayGoOn()) {
        if (concurrency - takenPlaces >= Math.ceil(concurrency / 4)) isPausing = false;
        const wanted = lines.filter((one) => hasMore(one) && (!isPausing || underWay(one) < kept));
        const before = [...waiters];
        let hasClaimed = false;
        for (const one of wanted) hasClaimed = (await claimFor(one)) || hasClaimed;
        if (takenPlaces >= concurrency) isPausing = true;
        if (hasClaimed) release(before.filter(({ until }) => until === "next_round"));
        if (!lines.some(hasMore)) release([...waiters]);
        if (hasClaimed) continue;
        if (running.size === 0) break;
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
    } catch (error) {
      if (waiters.size === 0)
        logger.warn({ cause: errorInWords(error) }, "nothing could be claimed; the sweep tries again");
      for (const waiter of waiters) waiter.reject(error);
      waiters.clear();
    } finally {
      await Promise.all(running);
    }
    release([...waiters]);
  }

  function hasMore({ more, left }: Line): boolean {
    return more && left > 0;
  }

  function underWay({ atWork }: Line): number {
    return [...atWork.values()].reduce((sum, count) => sum + count, 0);
  }

  function roomOf(one: Line): number {
    const isShared = lines.some((other) => other !== one && hasMore(other));
    return Math.min(
      (isShared ? most : concurrency) - underWay(one),
      concurrency - takenPlaces,
      // What is left to write down is bounded as well, should the storage be slow.
      2 * concurrency - running.size,
      one.room(),
      one.left,
    );
  }

  /** False when there was no room for it. */
  async function claimFor(one: Line): Promise<boolean> {
    const limit = roomOf(one);
    if (limit <= 0) return false;
    one.more = false;
    const exceptWorkspaces = one.except().slice(0, mostExcepted);
    one.passedOver = exceptWorkspaces.length > 0;
    const askedAt = monotonicMs();
    const claims = await storage.auto.claim({
      kind: one.kind,
      now: options.until(),
      leaseForMs,
      limit,
      after: one.after,
      ...(exceptWorkspaces.length === 0 ? {} : { exceptWorkspaces }),
    });
    one.left -= claims.length;
    one.more ||= claims.length >= limit;
    one.after = claims.at(-1)?.head.key.workspaceId ?? one.after;
    const places = claims.map(({ head }) => takePlace(one, head.key.workspaceId));
    const leave = (place: number) => places[place]?.();
    for (const [place, work] of one.start({ claims, askedAt, leave }).entries()) {
      const ended = work.finally(() => {
        running.delete(ended);
        leave(place);
        notify();
      });
      running.add(ended);
      // One of those who wait sees it to its end: a queue's other jobs are not held up by it.
      const [waiter] = waiters;
      waiter?.works.push(ended);
    }
    return true;
  }

  /** Answers how to leave it, once. */
  function takePlace(one: Line, workspaceId: string): () => void {
    takenPlaces += 1;
    one.atWork.set(workspaceId, (one.atWork.get(workspaceId) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      takenPlaces -= 1;
      const count = (one.atWork.get(workspaceId) ?? 1) - 1;
      if (count > 0) one.atWork.set(workspaceId, count);
      else one.atWork.delete(workspaceId);
      // Who was left out may have more.
      if (one.passedOver) one.more = true;
      notify();
    };
  }

  function release(ready: readonly Waiter[]): void {
    for (const waiter of ready) {
      waiters.delete(waiter);
      waiter.resolve(Promise.all(waiter.works));
    }
  }

  return {
    wake: async (until) => {
      for (const one of lines) one.more = true;
      const waited = new Promise<unknown>((resolve, reject) => {
        waiters.add({ until, works: [], resolve, reject });
      });
      notify();
      start();
      await waited;
    },
    idle: async () => {
      while (current !== null) await current;
    },
  };

  function start(): void {
    current ??= run().finally(() => {
      current = null;
      // Somebody came when the loop was about to end.
      if (waiters.size > 0) start();
    });
  }
}

// The list goes along with every claim.
const mostExcepted = 1_000;

function byKey({ key: one }: HeadChange, { key: other }: HeadChange): number {
  return compareText(one.workspaceId, other.workspaceId) || compareText(one.id, other.id);
}
