import type { TicketLeft, TicketResolved } from "@csat/core";
import type { TicketFacts } from "./facts.ts";
import { type Random, randomFrom } from "./random.ts";

/** A ticket of a history, with what its mails and links need. */
export interface LivingTicket extends TicketFacts {
  /** Unique among all tickets; null for customers without one. */
  readonly address: string | null;
  /** The links of its mails, oldest first. */
  readonly tokens: string[];
  surveyId: string;
  /** Set while the process is to die after this ticket's mail. */
  dies: boolean;
}

/** What happens to the tickets of two or three workspaces, drawn from a seed. */
export interface History {
  readonly seed: number;
  readonly random: Random;
  readonly workspaceIds: readonly string[];
  readonly tickets: readonly LivingTicket[];
  /** Events that happened and were not told yet. */
  readonly untold: { readonly resolved: TicketResolved[]; readonly left: TicketLeft[] };
}

// Beyond U+FFFF the order of UTF-16 units is not that of code points.
const ticketIds = ["T1", "T2", "T3", "T4", "T5", "T6", "\u{1f600}", "\uffee", "T7", "T8"];

/** Operators; the last two have no name in the helpdesk. */
export const actorIds: readonly [string, ...string[]] = ["ann", "bob", "\uffee", "\u{1f600}", "Zoe"];

/** What `getOperators` knows. */
export const operatorNames: ReadonlyMap<string, string> = new Map([
  ["ann", "Ann"],
  ["bob", "Bob"],
  ["\uffee", "Third"],
]);

/** Nothing has happened yet. Workspace ids are the history's own; its ticket ids are everybody's. */
export function aHistory(seed: number): History {
  const random = randomFrom("history", seed);
  const workspaceIds = ["a", "b", "c"].slice(0, 2 + random.below(2)).map((name) => `h${seed}-${name}`);
  const tickets = workspaceIds.flatMap((workspaceId) =>
    ticketIds
      .slice(0, 4 + random.below(7))
      .map((ticketId, place) => aTicket({ workspaceId, ticketId, place, random })),
  );
  return { seed, random, workspaceIds, tickets, untold: { resolved: [], left: [] } };
}

function aTicket({
  workspaceId,
  ticketId,
  place,
  random,
}: {
  readonly workspaceId: string;
  readonly ticketId: string;
  readonly place: number;
  readonly random: Random;
}): LivingTicket {
  const address = random.chance(0.05) ? null : `ticket-${place}@${workspaceId}.example`;
  return {
    workspaceId,
    ticketId,
    address,
    resolutions: [],
    mailing: [],
    tokens: [],
    erased: false,
    excluded: false,
    surveyId: "",
    dies: false,
    snapshot: {
      ticketId,
      status: "open",
      subject: `${ticketId} of ${workspaceId}`,
      url: random.chance(0.5) ? `https://desk.example/${workspaceId}/${place}` : null,
      workspaceName: workspaceId,
      customer: { name: "Ada", email: address, locale: null },
      assignee: anAssignee(random),
      attributes: someAttributes(random),
    },
  };
}

/** What figures are cut by: `team` has one value, `tags` many. */
export const slicedBy = ["team", "tags"] as const;

/** More characters than are kept of a value. */
const longTeam = "y".repeat(400);
const teams: readonly [string, ...string[]] = ["billing", "sales", "a=b:c & \u{1f600}", "\uffee", longTeam];
const tags: readonly [string, ...string[]] = ["vip", "refund", "beta"];

/** Whatever a ticket may say of itself; values that are asked for and never given are among the questions. */
export function someAttributes(random: Random): Readonly<Record<string, string | readonly string[]>> {
  const set = tags.filter(() => random.chance(0.4));
  return {
    ...(random.chance(0.8) ? { team: random.pick(teams) } : {}),
    ...(set.length > 0 ? { tags: random.chance(0.5) ? set : set.toReversed() } : {}),
    untold: random.pick(tags),
  };
}

/** A value to ask for. */
export function aValue(random: Random) {
  const attribute = random.pick(slicedBy);
  return { attribute, value: random.pick(["nobody's", ...(attribute === "team" ? teams : tags)]) };
}

/** Whoever a ticket may be assigned to. */
export function anAssignee(random: Random): { readonly id: string; readonly name: string } | null {
  return random.pick([null, { id: "ann", name: "Ann" }, { id: "new", name: "A new one" }]);
}
