import type { Key, Page, PageRequest, Session, Store } from "@csat/core";
import { aChange, aHead, aKey, anAnswer, anEntry, givenUp, minute, utc } from "../builders.ts";
import { headOf, mustWrite } from "../steps.ts";

/** A list with pages, as the cases about pages see it: rows have a place in time and an id. */
export interface PagedList {
  /** As it stands in the ids of its cases. */
  readonly name: string;
  readonly order: "newest first" | "oldest first";
  /** What tells rows of equal times apart. */
  readonly equalTimes: "by code points of ids" | "in the order of their writing";
  /** Adds a row and hands back what takes it out again. */
  add(
    session: Session,
    row: { readonly workspaceId: string; readonly id: string; readonly at: Date },
  ): Promise<void>;
  /** Takes the row out: its ticket is forgotten, or not given up any more. */
  remove(session: Session, row: { readonly workspaceId: string; readonly id: string }): Promise<void>;
  /** Ids of a page. */
  page(store: Store<unknown>, workspaceId: string, request: PageRequest): Promise<Page<string>>;
}

const year = { from: utc("2026-01-01T00:00:00.000Z"), until: utc("2027-01-01T00:00:00.000Z") };

async function forget(session: Session, ticket: Key): Promise<void> {
  const { version } = await headOf(session, ticket);
  await mustWrite(session, aChange([aHead(ticket, { expected: version })], { forget: true }));
}

const answers: PagedList = {
  name: "answers",
  order: "newest first",
  equalTimes: "by code points of ids",
  async add(session, { workspaceId, id, at }) {
    const cells = { kind: "ticket", sentAt: minute(-100), resolvedBy: null } as const;
    const answer = anAnswer({ surveyId: id, respondedAt: at });
    await mustWrite(session, aChange([aHead(aKey({ workspaceId, id }), { cells })], { answer }));
  },
  remove: (session, { workspaceId, id }) => forget(session, aKey({ workspaceId, id })),
  async page(store, workspaceId, request) {
    const { items, nextCursor } = await store.lists.answers({ workspaceId, window: year, ...request });
    return { items: items.map(({ surveyId }) => surveyId), nextCursor };
  },
};

function eventsList({ name, dead }: { readonly name: string; readonly dead: boolean }): PagedList {
  return {
    name,
    order: "newest first",
    equalTimes: "by code points of ids",
    async add(session, { workspaceId, id, at }) {
      const cells = { kind: "event", createdAt: at, ticketId: id, dead } as const;
      await mustWrite(session, aChange([aHead(aKey({ kind: "event", workspaceId, id }), { cells })]));
    },
    remove: (session, { workspaceId, id }) => forget(session, aKey({ workspaceId, id })),
    async page(store, workspaceId, request) {
      const { items, nextCursor } = await store.lists.events(workspaceId, { ...request, dead });
      return { items: items.map(({ key }) => key.id), nextCursor };
    },
  };
}

const history: PagedList = {
  name: "history",
  order: "oldest first",
  equalTimes: "in the order of their writing",
  async add(session, { workspaceId, id, at }) {
    const ticket = aKey({ workspaceId, id });
    await mustWrite(session, aChange([aHead(ticket)], { journal: [anEntry(ticket, { at })] }));
  },
  remove: (session, { workspaceId, id }) => forget(session, aKey({ workspaceId, id })),
  async page(store, workspaceId, request) {
    const { items, nextCursor } = await store.lists.history({ workspaceId, window: year, ...request });
    return { items: items.map(({ ticketId }) => ticketId), nextCursor };
  },
};

const failed: PagedList = {
  name: "failed",
  order: "oldest first",
  equalTimes: "by code points of ids",
  async add(session, { workspaceId, id, at }) {
    await mustWrite(session, aChange([aHead(aKey({ workspaceId, id }), { due: givenUp("refused", at) })]));
  },
  async remove(session, { workspaceId, id }) {
    const key = aKey({ workspaceId, id });
    const { version } = await headOf(session, key);
    await mustWrite(session, aChange([aHead(key, { expected: version, due: null })]));
  },
  async page(store, workspaceId, request) {
    const asked = { workspaceId, since: null, reasons: ["refused"], ...request };
    const { items, nextCursor } = await store.lists.failed(asked);
    return { items: items.map(({ ticketId }) => ticketId), nextCursor };
  },
};

const suppressed: PagedList = {
  name: "suppressed",
  order: "newest first",
  equalTimes: "by code points of ids",
  async add(session, { workspaceId, id, at }) {
    const cells = { kind: "customer", suppressedAt: at } as const;
    await mustWrite(session, aChange([aHead(aKey({ kind: "customer", workspaceId, id }), { cells })]));
  },
  async remove(session, { workspaceId, id }) {
    const key = aKey({ kind: "customer", workspaceId, id });
    const { version } = await headOf(session, key);
    await mustWrite(session, aChange([aHead(key, { expected: version })]));
  },
  async page(store, workspaceId, request) {
    const { items, nextCursor } = await store.lists.suppressed(workspaceId, request);
    return { items: items.map(({ key }) => key.id), nextCursor };
  },
};

/** Every list with pages in order of time. */
export const pagedLists: readonly PagedList[] = [
  answers,
  eventsList({ name: "events", dead: false }),
  eventsList({ name: "dead-events", dead: true }),
  failed,
  history,
  suppressed,
];
