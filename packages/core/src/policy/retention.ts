import { millisecondsInDay as dayMs } from "date-fns/constants";

/** For how many days what is kept, 1 to 3,650 each. What is left out is kept for ever; ratings, counts and decisions about tickets always are. */
export interface Retention {
  /** Comments, from the answer on. The answer stays. Events that carry comments go no later than these. */
  readonly comments?: number | undefined;
  /** Lines of the journal, which `explain`, the panel and dry runs read. */
  readonly journal?: number | undefined;
  /** Events that were delivered or given up, which the webhooks page lists and replays. */
  readonly events?: number | undefined;
  /** Links, from when they were made on: an older one leads nowhere. More than the days after which any workspace ends its links, so 2 at least. */
  readonly tokens?: number | undefined;
}

/** What of each kind is older than its moment is taken away; null keeps it. */
export interface KeptSince {
  readonly comments: Date | null;
  readonly journal: Date | null;
  readonly events: Date | null;
  readonly tokens: Date | null;
}

/** From when on what is kept, at `now`. Null while everything is. */
export function keptSince({ comments, journal, events, tokens }: Retention, now: Date): KeptSince | null {
  // An event says what the customer wrote: it does not outlive that.
  const eventDays = [comments, events].filter((days) => days !== undefined);
  const since = {
    comments: daysBefore(comments, now),
    journal: daysBefore(journal, now),
    events: daysBefore(eventDays.length === 0 ? undefined : Math.min(...eventDays), now),
    tokens: daysBefore(tokens, now),
  };
  return Object.values(since).every((moment) => moment === null) ? null : since;
}

function daysBefore(days: number | undefined, now: Date): Date | null {
  return days === undefined ? null : new Date(now.getTime() - days * dayMs);
}
