import type { Rating } from "@csat/core";
import { fractions, pick, pickWeighted } from "./random.ts";
import { comments, firstNames, lastNames, subjects } from "./samples.ts";
import type { SeedOrder } from "./seeded.ts";

/** One ticket's whole story. All times are milliseconds before the end of the history. */
export interface Fate {
  readonly subject: string;
  readonly customer: { readonly name: string; readonly email: string | null };
  readonly assigneeId: string | null;
  readonly createdAgoMs: number;
  /** The resolution that is surveyed; null for an automation. */
  readonly actorId: string | null;
  readonly resolvedAgoMs: number;
  /** Somebody resolved it before, and it was reopened in between: the answer is theirs. */
  readonly earlier: {
    readonly actorId: string;
    readonly resolvedAgoMs: number;
    readonly leftAgoMs: number;
  } | null;
  /** Closed before its survey was due. */
  readonly closedAgoMs: number | null;
  readonly isRefused: boolean;
  /** Null for the many who do not answer. */
  readonly answer: {
    readonly afterMs: number;
    readonly rating: Rating;
    readonly comment: string | null;
    /** The ticket is opened again some hours after the answer. */
    readonly reopens: boolean;
  } | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * The same fates for the same order, operators and delay, oldest ticket first. Every mail falls on one of the last `days`
 * UTC days, today included.
 */
export function fatesOf({
  order: { tickets, days, seed },
  operatorIds,
  delayMs,
}: {
  readonly order: SeedOrder;
  readonly operatorIds: readonly [string, ...string[]];
  readonly delayMs: number;
}): readonly Fate[] {
  const next = fractions(seed);
  // A day less than asked for: so far back it is still the first of so many UTC days, whatever the time of day.
  const spanMs = days === 1 ? hourMs : (days - 1) * dayMs;
  const fates = Array.from({ length: tickets }, (_, place) =>
    fateOf({ next, place, mailedAgoMs: Math.floor(next() * spanMs), operatorIds, delayMs }),
  );
  return fates.toSorted((one, other) => other.createdAgoMs - one.createdAgoMs);
}

function fateOf({
  next,
  place,
  mailedAgoMs,
  operatorIds,
  delayMs,
}: {
  readonly next: () => number;
  readonly place: number;
  readonly mailedAgoMs: number;
  readonly operatorIds: readonly [string, ...string[]];
  readonly delayMs: number;
}): Fate {
  const firstName = pick(next(), firstNames);
  const lastName = pick(next(), lastNames);
  const address = `${asciiOf(firstName)}.${asciiOf(lastName)}.${place + 1}@customers.example`;
  const operatorId = anOperator(next(), operatorIds);
  const resolvedAgoMs = mailedAgoMs + delayMs;
  const earlier = next() < 0.06 ? anEarlier({ next, resolvedAgoMs, operatorIds, delayMs }) : null;
  const firstAgoMs = earlier?.resolvedAgoMs ?? resolvedAgoMs;
  const isClosed = next() < 0.02 && delayMs > 0;
  return {
    subject: pick(next(), subjects).replace("#", String(1_000 + Math.floor(next() * 9_000))),
    customer: { name: `${firstName} ${lastName}`, email: next() < 0.02 ? null : address },
    assigneeId: next() < 0.85 ? operatorId : next() < 0.3 ? null : anOperator(next(), operatorIds),
    createdAgoMs: firstAgoMs + Math.floor((0.2 + next() * 48) * hourMs),
    actorId: next() < 0.03 ? null : operatorId,
    resolvedAgoMs,
    earlier,
    closedAgoMs: isClosed ? resolvedAgoMs - Math.floor(delayMs / 2) : null,
    isRefused: next() < 0.01,
    answer: next() < 0.28 ? anAnswer(next, operatorIds.indexOf(operatorId)) : null,
  };
}

/** Few helpdesks share their work evenly. */
function anOperator(fraction: number, [first, ...others]: readonly [string, ...string[]]): string {
  return pickWeighted(fraction, [
    [first, 5],
    ...others.map((id, place) => [id, 5 - Math.min(place + 1, 4)] as const),
  ]);
}

/** Only where the delay leaves room: no mail may go out for the earlier resolution. */
function anEarlier({
  next,
  resolvedAgoMs,
  operatorIds,
  delayMs,
}: {
  readonly next: () => number;
  readonly resolvedAgoMs: number;
  readonly operatorIds: readonly [string, ...string[]];
  readonly delayMs: number;
}): Fate["earlier"] {
  const [actorId, gap] = [anOperator(next(), operatorIds), 0.3 + next() * 0.4];
  if (delayMs < 20 * hourMs) return null;
  const gapMs = Math.floor(delayMs * gap);
  return { actorId, resolvedAgoMs: resolvedAgoMs + gapMs, leftAgoMs: resolvedAgoMs + Math.floor(gapMs / 2) };
}

function anAnswer(next: () => number, operatorPlace: number): Fate["answer"] {
  // Operators differ a little, so that there is something to see.
  const skill = operatorPlace % 2;
  const rating = pickWeighted<Rating>(next(), [
    [5, 48 + 10 * skill],
    [4, 31],
    [3, 11 - 3 * skill],
    [2, 5 - 2 * skill],
    [1, 5 - 2 * skill],
  ]);
  return {
    // Most answer within the day, some after days.
    afterMs: 3 * minuteMs + Math.floor(-Math.log(1 - next()) * 9 * hourMs),
    rating,
    comment: next() < (rating <= 2 ? 0.7 : 0.3) ? pick(next(), comments[rating]) : null,
    reopens: next() < 0.04,
  };
}

function asciiOf(name: string): string {
  return name
    .replace("ß", "ss")
    .replace("ı", "i")
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}
