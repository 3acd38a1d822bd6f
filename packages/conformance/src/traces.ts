import { isDeepStrictEqual } from "node:util";
import type { Change, Json, Key, Store } from "@csat/core";
import { aChange, aDelta, aHead, aKey, anAnswer, anEntry, minute, refOf, utc, waiting } from "./builders.ts";

/** A ticket with all that may stand beside it; everything of it is named after the ticket. */
export interface Whole {
  readonly ticket: Key;
  readonly customer: Key;
  readonly event: Key;
  readonly workspace: Key;
  readonly hash: string;
}

/** The names of one ticket's records. */
export function aWhole(ticket: Key = aKey()): Whole {
  const { workspaceId, id } = ticket;
  return {
    ticket,
    customer: aKey({ kind: "customer", workspaceId, id: `customer of ${id}` }),
    event: aKey({ kind: "event", workspaceId, id: `event of ${id}` }),
    workspace: aKey({ kind: "workspace", workspaceId }),
    hash: `link of ${workspaceId} ${id}`,
  };
}

/** One change that writes everywhere: four records, due work of two kinds, and every row beside them. */
export function everywhere({ ticket, customer, event, workspace, hash }: Whole): Change {
  return aChange(
    [
      aHead(ticket, {
        cells: { kind: "ticket", sentAt: minute(61), resolvedBy: "ada" },
        due: waiting(),
      }),
      aHead(customer, { cells: { kind: "customer", suppressedAt: minute(5) } }),
      aHead(event, {
        cells: { kind: "event", createdAt: minute(120), ticketId: ticket.id, dead: false },
        due: waiting(),
      }),
      aHead(workspace),
    ],
    {
      tokens: [{ hash, key: ticket }],
      customers: [customer.id],
      answer: anAnswer({ surveyId: `survey of ${ticket.id}`, comment: "Fine", resolvedBy: "ada" }),
      journal: [
        anEntry(ticket, { eligibleAt: minute(90), facts: { asked: [1] } }),
        anEntry(ticket, { event: "answered", at: minute(120) }),
      ],
      deltas: [
        aDelta({ resolvedBy: "ada", sent: 1, answered: 1, ratings: [0, 0, 0, 0, 1] }),
        aDelta({ resolvedBy: "ada", part: "team:a", sent: 3, notAsked: 2 }),
      ],
    },
  );
}

/** What a store shows of one ticket and what stands beside it. */
export interface Traces {
  /** Versions of ticket, customer, event and workspace. */
  readonly versions: readonly number[];
  readonly linkOpens: string | null;
  readonly comment: string | null;
  readonly journal: readonly string[];
  /** Its lines in the history: from when on, and facts. */
  readonly history: readonly (readonly [eligibleAt: Date | undefined, facts: Json | undefined])[];
  readonly events: number;
  /** Tickets of its customer, and customers of the workspace who are not to be asked. */
  readonly ofCustomer: number;
  readonly suppressed: number;
  readonly answers: number;
  /** Surveys sent, answered of those, and responses. */
  readonly counts: readonly [number, number, number];
  /** Parts, with sends and those whom a decision left out. */
  readonly parts: readonly (readonly [part: string, sent: number, notAsked: number])[];
  /** Due surveys and events of the whole database. */
  readonly due: readonly [number, number];
}

/** What a store shows after `everywhere` was written into an empty one. */
export const everything: Traces = {
  versions: [1, 1, 1, 1],
  linkOpens: "ticket",
  comment: "Fine",
  journal: ["scheduled", "answered"],
  history: [
    [minute(90), { asked: [1] }],
    [undefined, undefined],
  ],
  events: 1,
  ofCustomer: 1,
  suppressed: 1,
  answers: 1,
  counts: [1, 1, 1],
  parts: [["team:a", 3, 2]],
  due: [1, 1],
};

/** What an empty store shows. */
export const nothing: Traces = {
  versions: [0, 0, 0, 0],
  linkOpens: null,
  comment: null,
  journal: [],
  history: [],
  events: 0,
  ofCustomer: 0,
  suppressed: 0,
  answers: 0,
  counts: [0, 0, 0],
  parts: [],
  due: [0, 0],
};

const day = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-03T00:00:00.000Z") };
const dayBefore = { from: utc("2026-03-01T00:00:00.000Z"), until: day.from };

/** What is to be seen of it from outside any transaction. */
export async function traces(store: Store<unknown>, whole: Whole): Promise<Traces> {
  const { ticket, customer, event, workspace, hash } = whole;
  const { workspaceId } = ticket;
  const opened = (await store.auto.byToken(hash))?.key;
  const heads = await store.auto.read([ticket, customer, event, workspace]);
  const page = { limit: 10, cursor: null };
  const events = await store.lists.events(workspaceId, { ...page, dead: false });
  const ofCustomer = await store.lists.ticketsOf(workspaceId, { ...page, customer: customer.id });
  const suppressed = await store.lists.suppressed(workspaceId, page);
  const answers = await store.lists.answers({ ...page, workspaceId, window: day });
  const counts = await store.counts({ workspaceId, current: day, previous: dayBefore });
  const history = await store.lists.history({ ...page, workspaceId, window: day });
  const parts = await store.parts({ workspaceId, window: day, prefix: "" });
  const backlog = await store.backlog(minute(60));
  return {
    versions: heads.map(({ version }) => version),
    linkOpens: opened === undefined ? null : isDeepStrictEqual(opened, ticket) ? "ticket" : "another record",
    comment: (await store.lists.answer(refOf(ticket)))?.comment ?? null,
    journal: (await store.lists.journal(refOf(ticket))).map((entry) => entry.event),
    history: history.items
      .filter(({ ticketId }) => ticketId === ticket.id)
      .map(({ eligibleAt, facts }) => [eligibleAt, facts]),
    events: events.items.length,
    ofCustomer: ofCustomer.items.length,
    suppressed: suppressed.items.length,
    answers: answers.items.length,
    counts: [
      counts.sent.reduce((sum, { count }) => sum + count, 0),
      counts.cohortAnswered,
      counts.ratings.reduce((sum, { count }) => sum + count, 0),
    ],
    parts: parts.map(({ part, sent, notAsked }) => [part, sent, notAsked]),
    due: [backlog.dueSurveys, backlog.dueEvents],
  };
}
