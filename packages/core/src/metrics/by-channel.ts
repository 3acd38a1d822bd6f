import type { MetricsCounts, PartCounts } from "../ports/store/counts.ts";
import { compareText } from "../survey/compare-text.ts";
import type { ChannelFigures } from "./metrics.ts";

interface Sums {
  readonly sent: number;
  readonly responses: number;
  readonly points: number;
}

const nothing: Sums = { sent: 0, responses: 0, points: 0 };

/**
 * The figures of each channel: what went out in it, and what was answered in it. Mail is what no other channel counts.
 * Empty while there is none but mail. `whole` are the counts of the current window alone.
 */
export function byChannel({
  parts,
  whole,
  prefix,
  mail,
}: {
  readonly parts: readonly PartCounts[];
  readonly whole: Pick<MetricsCounts, "sent" | "ratings">;
  /** Begins the names of the parts of channels. */
  readonly prefix: string;
  /** What mail is called. */
  readonly mail: string;
}): readonly ChannelFigures[] {
  const channels = new Map<string, Sums>();
  for (const { part, sent, ratings } of parts) {
    const name = part.slice(prefix.length);
    channels.set(name, added(channels.get(name), { sent, ...answersOf(ratings) }));
  }
  if (channels.size === 0) return [];
  const others = [...channels.values()].reduce(added, nothing);
  const all = whole.ratings.reduce(
    (sum: Sums, { rating, count }) => added(sum, { sent: 0, responses: count, points: rating * count }),
    { ...nothing, sent: whole.sent.reduce((sum, { count }) => sum + count, 0) },
  );
  channels.set(mail, {
    sent: all.sent - others.sent,
    responses: all.responses - others.responses,
    points: all.points - others.points,
  });
  return Array.from(channels, ([channel, { sent, responses, points }]) => ({
    channel,
    sent,
    responses,
    averageRating: responses === 0 ? null : points / responses,
  }))
    .filter(({ sent, responses }) => sent > 0 || responses > 0)
    .toSorted((one, other) => other.responses - one.responses || compareText(one.channel, other.channel));
}

function answersOf(ratings: PartCounts["ratings"]): Pick<Sums, "responses" | "points"> {
  return {
    responses: ratings.reduce((sum, count) => sum + count, 0),
    points: ratings.reduce((sum, count, place) => sum + count * (place + 1), 0),
  };
}

function added(one: Sums = nothing, other: Sums = nothing): Sums {
  return {
    sent: one.sent + other.sent,
    responses: one.responses + other.responses,
    points: one.points + other.points,
  };
}
