import type { PolicySimulation } from "@csat/core";
import { workspaceId } from "../world/a-world.ts";
import type { Lived } from "./random-life.ts";

type Row = Record<string, number>;

/** What `explain` tells of all tickets since the range began, by day: `sent`, or `kind reason`. */
export async function toldTally({ world, ticketIds, range }: Lived): Promise<Record<string, Row>> {
  const days: Record<string, Row> = {};
  for (const ticketId of ticketIds) {
    const journal = await world.csat.explain({ workspaceId, ticketId });
    for (const [place, { at, event, reason }] of journal.entries()) {
      const day = at.toISOString().slice(0, 10);
      if (day < range.from) continue;
      const isGivenUp = journal[place + 1]?.event === "gave_up";
      if (event === "sent") count(days, day, "sent");
      if (event === "deferred" || event === "canceled") count(days, day, `${event} ${reason}`);
      if (event === "gave_up") count(days, day, `failed ${reason}`);
      if (event === "skipped" && !isGivenUp) count(days, day, `skipped ${reason}`);
      if (event === "not_scheduled" && reason !== "already_scheduled") count(days, day, `skipped ${reason}`);
    }
    // Its first one that was told of has a day, and the journal stands in the order of events.
    if (journal.some(({ event, at }) => event === "resolved" && at.toISOString() >= range.from))
      count(days, "all", "resolved");
  }
  return days;
}

/** The same rows of a dry run. Unknown decisions stand as `unknown`. */
export function simulatedTally({ daily }: PolicySimulation): Record<string, Row> {
  const days: Record<string, Row> = {};
  for (const { day, resolved, sent, unknown, ...byReason } of daily) {
    if (resolved > 0) count(days, "all", "resolved", resolved);
    for (const [name, number] of Object.entries({ sent, unknown }))
      if (number > 0) count(days, day, name, number);
    for (const [kind, reasons] of Object.entries(byReason))
      for (const [reason, number] of Object.entries(reasons)) count(days, day, `${kind} ${reason}`, number);
  }
  return days;
}

function count(days: Record<string, Row>, day: string, name: string, number = 1): void {
  const row = days[day] ?? {};
  days[day] = row;
  row[name] = (row[name] ?? 0) + number;
}

/** How many of those who were asked there are, and how many were asked more than once. */
export function askedCounts(asked: readonly string[]) {
  const times = new Map<string, number>();
  for (const who of asked) times.set(who, (times.get(who) ?? 0) + 1);
  return { asked: times.size, again: [...times.values()].filter((count) => count > 1).length };
}
