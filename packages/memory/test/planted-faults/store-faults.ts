import type { Storage, StorageOperations } from "@csat/core";
import type { PlantedFault } from "./planted-fault.ts";

type StorageFault = PlantedFault<Storage<unknown>>;

/** The storage with some methods of one store replaced. */
function store<Name extends keyof StorageOperations>(
  name: Name,
  change: (store: StorageOperations[Name], storage: Storage<unknown>) => Partial<StorageOperations[Name]>,
): StorageFault["plant"] {
  return (storage) => ({ ...storage, [name]: { ...storage[name], ...change(storage[name], storage) } });
}

/** Mistakes with answers, events, the journal and counts. */
export const storeFaults: readonly StorageFault[] = [
  {
    title: "a change of settings resets the fields it does not name",
    caughtBy: "settings/patch/named-fields-only",
    plant: store("settings", ({ patch }) => ({
      patch: (workspaceId, change) =>
        patch(workspaceId, {
          enabled: false,
          sendDelay: "24_hours",
          subject: null,
          bodyIntro: null,
          ...change,
        }),
    })),
  },
  {
    title: "the resolution that arrives first wins",
    caughtBy: "resolutions/record/earliest-wins",
    plant: store("resolutions", ({ record }) => {
      const seen = new Set<string>();
      return {
        record: async (batch) => {
          const fresh = batch.filter(({ ticketId }) => !seen.has(ticketId));
          for (const { ticketId } of fresh) seen.add(ticketId);
          await record(fresh);
        },
      };
    }),
  },
  {
    title: "an answer is looked for before it is written, not while",
    caughtBy: "responses/race/one-answer-wins",
    plant: store("responses", ({ record, find }, storage) => ({
      record: async (answer) => {
        const page = await storage.surveys.findByToken(answer.tokenHash);
        const outcome = await record(answer);
        if (page === null || page.respondedAt !== null || outcome.kind !== "duplicate") return outcome;
        const { items } = await storage.metrics.listResponses({
          workspaceId: page.page.workspaceId,
          window: { from: new Date(0), until: new Date("2100-01-01T00:00:00.000Z") },
          limit: 1,
          cursor: null,
        });
        const response = items[0] === undefined ? null : await find(items[0]);
        return response === null ? outcome : { kind: "recorded", response };
      },
    })),
  },
  {
    title: "comments are trimmed",
    caughtBy: "responses/record/values-as-written",
    plant: store("responses", ({ record }) => ({
      record: (answer) => record({ ...answer, comment: answer.comment?.trim() ?? null }),
    })),
  },
  {
    title: "an answer raises no event",
    caughtBy: "responses/record/event",
    plant: store("responses", ({ record }) => ({ record: (answer) => record({ ...answer, eventId: null }) })),
  },
  {
    title: "an erased ticket keeps its journal",
    caughtBy: "surveys/erase/nothing-personal-stays",
    plant: store("surveys", ({ erase }, { journal }) => ({
      erase: async (refs) => {
        const kept = (await Promise.all(refs.map((ref) => journal.list(ref)))).flat();
        await erase(refs);
        await journal.append(kept);
      },
    })),
  },
  {
    title: "an event with one delivery made counts as settled",
    caughtBy: "outbox/settle/pending-is-due-at-its-time",
    plant: store("outbox", ({ settle }) => ({
      settle: (done) =>
        settle({
          ...done,
          deliveries: done.deliveries.map((delivery) => ({ ...delivery, state: "delivered", retryAt: null })),
        }),
    })),
  },
  {
    title: "a malformed cursor starts at the first page",
    caughtBy: "outbox/list/malformed-cursor",
    plant: store("outbox", ({ list }) => ({
      list: (workspaceId, query) =>
        list(workspaceId, query).catch(() => list(workspaceId, { ...query, cursor: null })),
    })),
  },
  {
    title: "pages go on at the last time shown, and lose events of that time",
    caughtBy: "outbox/list/pages",
    plant: store("outbox", ({ list }) => ({
      list: async (workspaceId, query) => {
        const page = await list(workspaceId, query);
        const times = new Set(page.items.map(({ createdAt }) => createdAt.getTime()));
        return { ...page, items: page.items.slice(0, times.size) };
      },
    })),
  },
  {
    title: "the journal is listed in the order of arrival",
    caughtBy: "journal/list/oldest-first",
    plant: store("journal", () => {
      const written: Parameters<Storage["journal"]["append"]>[0][number][] = [];
      return {
        append: async (entries) => void written.push(...entries),
        list: async ({ ticketId }) => written.filter((entry) => entry.ticketId === ticketId),
      };
    }),
  },
  {
    title: "a window includes its end",
    caughtBy: "metrics/read/sent-by-utc-day",
    plant: store("metrics", ({ read }) => ({
      read: (query) =>
        read({
          ...query,
          current: { ...query.current, until: new Date(query.current.until.getTime() + 1) },
        }),
    })),
  },
  {
    title: "the Unattributed filter counts everything",
    caughtBy: "metrics/read/one-resolver",
    plant: store("metrics", ({ read }) => ({
      read: ({ resolvedBy, ...query }) => read(resolvedBy == null ? query : { ...query, resolvedBy }),
    })),
  },
  {
    title: "the journal forgets whose ticket it is",
    caughtBy: "isolation/equal-ticket-ids",
    plant: store("journal", ({ append, list }) => ({
      append: (entries) => append(entries.map((entry) => ({ ...entry, workspaceId: "any" }))),
      list: ({ ticketId }) => list({ workspaceId: "any", ticketId }),
    })),
  },
  {
    title: "ticket ids are compared without regard to case",
    caughtBy: "isolation/lookalike-ids",
    plant: store("surveys", ({ arm, find }) => ({
      arm: (batch) => arm(batch.map((one) => ({ ...one, ticketId: one.ticketId.toLowerCase() }))),
      find: ({ workspaceId, ticketId }) => find({ workspaceId, ticketId: ticketId.toLowerCase() }),
    })),
  },
  {
    title: "workspace and ticket are joined by a colon",
    caughtBy: "isolation/ids-never-run-together",
    plant: store("responses", ({ record }) => {
      const answers = new Map<string, Awaited<ReturnType<Storage["responses"]["find"]>>>();
      const keyOf = (ref: { readonly workspaceId: string; readonly ticketId: string }) =>
        `${ref.workspaceId}:${ref.ticketId}`;
      return {
        record: async (answer) => {
          const outcome = await record(answer);
          if (outcome.kind === "recorded") answers.set(keyOf(outcome.response), outcome.response);
          return outcome;
        },
        find: async (ref) => answers.get(keyOf(ref)) ?? null,
      };
    }),
  },
  {
    title: "a transaction is only a series of writes",
    caughtBy: "transactions/rollback",
    plant: (storage) => ({ ...storage, transaction: (work) => work(storage) }),
  },
  {
    title: "due work is counted whenever it is due",
    caughtBy: "backlog/due-surveys",
    plant: (storage) => ({
      ...storage,
      backlog: () => storage.backlog(new Date("2100-01-01T00:00:00.000Z")),
    }),
  },
];
