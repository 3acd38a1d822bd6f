import { errorInWords } from "../error-kind.ts";
import { isBreakerOpen } from "../policy/mail-breaker.ts";
import { monotonicMs } from "../ports/clock.ts";
import type { Context } from "./context.ts";
import { deliverEvent } from "./deliver-event.ts";
import type { SendResult } from "./end-survey.ts";
import { eventsAhead } from "./events-ahead.ts";
import { sendSurveys } from "./send-surveys.ts";
import type { Line } from "./work-line.ts";
import { settleTogether, writeTogether } from "./write-together.ts";

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

// Of events, for each place: claimed ahead, and begun with those that are yet to be written down.
const mostAheadPerPlace = 10;
const mostBegunPerPlace = 6;

// Outcomes of mails and deliveries come one by one; those of so many milliseconds are written at once.
const settleWaitMs = 5;

/** Somebody who waits for what is claimed from now on. */
interface Waiter {
  readonly until: "next_round" | "nothing_left";
  readonly works: Promise<unknown>[];
  readonly resolve: (works: Promise<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Works on surveys and events side by side: neither takes all places while the other has work, and half of the places at
 * most deliver events of one workspace, whose receivers may be slow. No survey is claimed before there is a place
 * for it; of events as many more as are delivered in a moment. A claim costs the same for one as for many: with all places taken the next waits until a quarter is free, unless it is
 * for the kind of which hardly anything is under way.
 */
export function workLoop<Tx>(context: Context<Tx>, options: WorkLoopOptions): WorkLoop {
  const { storage, leaseForMs, clock, breakers, logger } = context;
  const { concurrency, signal, stopping } = options;
  const running = new Set<Promise<unknown>>();
  // With those that left their place and have yet to be written down.
  let begun = 0;
  let takenPlaces = 0;
  const waiters = new Set<Waiter>();
  let notify = () => {};
  let current: Promise<void> | null = null;
  // True from when all places are taken until a quarter of them is free again.
  let isPausing = false;
  // Events first: most often there are none, and then mails may take all places.
  const lines = [...(context.webhooks === null ? [] : [eventLine(context.webhooks)]), surveyLine()];
  const events = lines[0]?.ahead;
  // A part of the places is kept for the other kind: a slow mail server holds up no event.
  const most = Math.max(1, concurrency - Math.floor(concurrency / 5));
  const kept = Math.max(1, Math.floor(concurrency / 5));
  const mostOfOne = Math.ceil(concurrency / 2);

  function line(kind: Line["kind"], parts: Pick<Line, "except" | "room" | "start" | "ahead">): Line {
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
    const surveys = line("ticket", {
      ahead: null,
      except: () => {
        const now = clock.now();
        // Before the ticket is read nobody knows its channel: a workspace is left out when all of them are down.
        const channels = [...breakers.values()];
        return [...(channels[0]?.keys() ?? [])].filter((workspaceId) =>
          channels.every((channel) => isBreakerOpen({ breaker: channel.get(workspaceId), now })),
        );
      },
      room: (places) => places,
      start: ({ claims, askedAt }) => {
        const leave = claims.map(({ head }) => takePlace(surveys, head.key.workspaceId));
        return sendSurveys(context, { claims, askedAt, signal, decide, settle }).map((sent, place) =>
          ending(sent.then(options.onSurvey), () => leave[place]?.()),
        );
      },
    });
    return surveys;
  }

  function eventLine(webhooks: NonNullable<Context<Tx>["webhooks"]>): Line {
    const settle = settleTogether(context, settleWaitMs);
    const atWork = (workspaceId: string) => events.atWork.get(workspaceId) ?? 0;
    const ahead = eventsAhead(context, {
      most: mostAheadPerPlace * concurrency,
      hasPlace: () => mayGoOn() && placesOf(events) > 0,
      mayHave: (workspaceId) => atWork(workspaceId) < mostOfOne,
      begin: ({ claimed, askedAt }) => {
        const attempted = takePlace(events, claimed.head.key.workspaceId);
        const one = { webhooks, claimed, askedAt, signal, attempted, settle };
        return ending(deliverEvent(context, one).then(options.onDelivered), attempted);
      },
    });
    const events = line("event", {
      ahead,
      except: () =>
        [...events.atWork.keys()].filter(
          (id) => atWork(id) >= mostOfOne && ahead.size(id) >= ahead.spare() / 2,
        ),
      room: (places) => {
        if (ahead.spare() > 0) return ahead.size() > ahead.spare() / 2 ? 0 : places + ahead.spare();
        // Of the workspaces that are not left out, none comes to more than its part by one claim.
        const counts = [...events.atWork.values()].filter((count) => count < mostOfOne);
        return Math.min(places, mostOfOne - Math.max(0, ...counts)) - ahead.size();
      },
      start: ({ claims, askedAt }) => ahead.add(claims.map((claimed) => ({ claimed, askedAt }))),
    });
    return events;
  }

  const mayGoOn = () => signal?.aborted !== true && stopping?.aborted !== true;

  async function run(): Promise<void> {
    try {
      while (mayGoOn()) {
        if (concurrency - takenPlaces >= Math.ceil(concurrency / 4)) isPausing = false;
        const wanted = lines.filter(
          (one) => hasMore(one) && (!isPausing || underWay(one) < kept || one.ahead?.spare()),
        );
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
      await events?.giveBack();
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

  /** Free for this line. What is left to write down is bounded as well, should the storage be slow. */
  function placesOf(one: Line): number {
    const isShared = lines.some((other) => other !== one && hasMore(other));
    const mostBegun = (one.ahead === null ? 2 : mostBegunPerPlace) * concurrency;
    const own = (isShared ? most : concurrency) - underWay(one);
    return Math.max(0, Math.min(own, concurrency - takenPlaces, mostBegun - begun));
  }

  /** False when there was no room for it. */
  async function claimFor(one: Line): Promise<boolean> {
    const limit = Math.min(one.room(placesOf(one)), one.left);
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
    for (const work of one.start({ claims, askedAt })) {
      const ended = work.finally(() => {
        running.delete(ended);
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
    begun += 1;
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
      events?.goOn();
      notify();
    };
  }

  function ending(work: Promise<void>, leave: () => void): Promise<void> {
    return work.finally(() => {
      begun -= 1;
      leave();
      events?.goOn();
    });
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
