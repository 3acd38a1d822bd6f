import type { CountDelta } from "../../ports/store/change.ts";
import type { Due, TicketCells } from "../../ports/store/head.ts";
import { addCounts, countsOfTicket, takenBack, utcDay } from "../../survey/add-counts.ts";
import { emailChannel } from "../../survey/destination.ts";
import type { Told } from "./step.ts";
import { outage, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The cells that a store joins and recounts by. */
export function cellsOf({ survey, firstResolution }: TicketState): TicketCells {
  return { kind: "ticket", sentAt: survey?.sentAt ?? null, resolvedBy: firstResolution?.actorId ?? null };
}

/** What is due after a step: undefined when it stays as it is. */
export function dueAfter(before: TicketState, after: TicketState, now: Date): Due | null | undefined {
  const [was, is] = [before.survey, after.survey];
  if (was === is) return undefined;
  switch (is?.status) {
    case "scheduled":
      return was?.status === "scheduled" && isSameTime(was, is)
        ? undefined
        : { kind: "waiting", wakeAt: is.dueAt, firstDueAt: is.firstDueAt, ...failingOf(is) };
    case "sending":
      return undefined;
    case "failed":
      // Nothing is left to be done about a mail that came back.
      if (is.reason === "bounced") return was !== null && mayBeDue(was) ? null : undefined;
      return was?.status === "failed"
        ? undefined
        : { kind: "failed", failedAt: now, reason: is.reason ?? "unknown" };
    default:
      return was !== null && mayBeDue(was) ? null : undefined;
  }
}

/** The channel whose outage it waits for; a failure of its own is none. */
function failingOf({ putOffFor, channel }: SurveyState): { readonly failing?: string } {
  return putOffFor.includes(outage) ? { failing: channel ?? emailChannel } : {};
}

function isSameTime(one: SurveyState, other: SurveyState): boolean {
  return one.generation === other.generation && one.dueAt.getTime() === other.dueAt.getTime();
}

/** Also a status of a newer release, which may have something due. */
function mayBeDue({ status }: SurveyState): boolean {
  return status !== "sent" && status !== "answered" && status !== "canceled" && status !== "skipped";
}

/** Begins the names of the parts in which tickets are counted whose customer was not asked, by reason. */
export const notAskedPart = "not_asked:";

/** The noes that a step told, each in the part of its reason and on its day. A survey that was given up may have arrived. */
export function notAskedOf(journal: readonly Told[]): readonly CountDelta[] {
  if (journal.some(({ event }) => event === "gave_up")) return [];
  return journal.flatMap(({ event, reason, at }) => {
    const isNo = event === "skipped" || (event === "not_scheduled" && isChosen(reason));
    if (!isNo || reason === null) return [];
    const nothing = { resolvedBy: null, sent: 0, answered: 0, ratings: [0, 0, 0, 0, 0] } as const;
    return [{ ...nothing, day: utcDay(at), part: `${notAskedPart}${reason}`, notAsked: 1 }];
  });
}

/** Other resolutions that schedule nothing say nothing of the customer. */
function isChosen(reason: string | null): boolean {
  return reason === "sampled_out" || reason === "left_out";
}

/** What a step adds to the counts: what the ticket counts for now, less what it counted for before. */
export function deltasBetween(before: TicketState, after: TicketState): readonly CountDelta[] {
  const slices = after.survey?.slices;
  if (slices === undefined || slices !== before.survey?.slices)
    return less(countsOf(after), countsOf(before));
  // Values that stay move as the whole does: their parts cost an answer a fraction of counting all of them twice.
  const [was, is] = [wholeOf(before), wholeOf(after)];
  const moved = less(is, was);
  const inChannels = less(channelCounts(after, is), channelCounts(before, was));
  return [...moved, ...inChannels, ...addCounts(sliceCounts(slices, moved))];
}

function less(is: readonly CountDelta[], was: readonly CountDelta[]): readonly CountDelta[] {
  return addCounts([...was.map(takenBack), ...is]);
}

/** Begins the names of the parts in which sends and answers of a channel are counted. Mail has none: it is the rest. */
export const channelPart = "channel:";

/**
 * Begins the names of the parts in which sends and answers of a value are counted, before `name=value`. A value is never
 * empty: in the part `slice:name=` stands what values of a set count beyond once, a set of three twice.
 */
export const slicePart = "slice:";

/** What a ticket counts for: in the whole, and in the parts of its values and of the channels that its question and its answer took. */
export function countsOf(state: TicketState): readonly CountDelta[] {
  const counts = wholeOf(state);
  return [...counts, ...channelCounts(state, counts), ...sliceCounts(state.survey?.slices ?? [], counts)];
}

function wholeOf({ survey, firstResolution }: TicketState): readonly CountDelta[] {
  const resolvedBy = firstResolution?.actorId ?? null;
  const { sentAt = null, answer: given = null, exclusion = null } = survey ?? {};
  const answer = given === null || exclusion !== null ? null : { ...given, resolvedBy };
  return countsOfTicket({ sentAt, resolvedBy, answer });
}

function channelCounts({ survey }: TicketState, counts: readonly CountDelta[]): readonly CountDelta[] {
  const { channel = null, sendBegunAt = null, answeredIn = null } = survey ?? {};
  // What was asked and answered by word of mouth was sent there.
  const askedIn = channel ?? (sendBegunAt === null ? answeredIn : null);
  return counts.flatMap((count): readonly CountDelta[] => {
    const took = count.sent > 0 ? askedIn : (answeredIn ?? askedIn);
    return took === null || took === emailChannel ? [] : [{ ...count, part: `${channelPart}${took}` }];
  });
}

function sliceCounts(slices: readonly string[], counts: readonly CountDelta[]): readonly CountDelta[] {
  return counts.length === 0
    ? []
    : slicePartsOf(slices).flatMap((part) => counts.map((count) => ({ ...count, part })));
}

function slicePartsOf(slices: readonly string[]): readonly string[] {
  // In code-point order texts that begin alike stand together.
  return slices.flatMap((text, place) => {
    const name = nameEnd(text);
    const isFurther = slices[place - 1]?.startsWith(name) === true;
    return isFurther ? [`${slicePart}${text}`, `${slicePart}${name}`] : [`${slicePart}${text}`];
  });
}

/** `name=` of `name=value`. */
function nameEnd(text: string): string {
  return text.slice(0, text.indexOf("=") + 1);
}
