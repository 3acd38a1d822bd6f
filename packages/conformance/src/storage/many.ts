import { expectEqual } from "../assertions.ts";
import {
  aChange,
  aDelta,
  aHead,
  aKey,
  anAnswer,
  anEntry,
  minute,
  refOf,
  someKeys,
  utc,
  waiting,
} from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claim, mustWrite } from "../steps.ts";

const window = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-03T00:00:00.000Z") };
const before = { from: utc("2026-03-01T00:00:00.000Z"), until: window.from };

/** A thousand changes of one write. */
export const manyCases: readonly StorageCase[] = [
  {
    id: "write/many/a-thousand-whole-changes",
    rule: "1,000 changes of one write, of 100 workspaces and with every row beside them, are all written whole.",
    async run({ storage }) {
      const workspaces = Array.from(
        { length: 100 },
        (_, place) => `workspace-${String(place).padStart(3, "0")}`,
      );
      const tickets = workspaces.flatMap((workspaceId) => someKeys(10, { workspaceId }));
      await mustWrite(
        storage.auto,
        ...tickets.map((ticket) => {
          const { workspaceId, id } = ticket;
          const event = aKey({ kind: "event", workspaceId, id });
          const createdAt = minute(120);
          return aChange(
            [
              aHead(ticket, {
                cells: { kind: "ticket", sentAt: minute(61), resolvedBy: id },
                due: waiting(),
              }),
              aHead(event, {
                cells: { kind: "event", createdAt, ticketId: id, dead: false },
                due: waiting(),
              }),
            ],
            {
              tokens: [{ hash: `${workspaceId} ${id}`, key: ticket }],
              answer: anAnswer({ comment: `of ${workspaceId} ${id}`, resolvedBy: id }),
              journal: [anEntry(ticket, { reason: `of ${workspaceId} ${id}` })],
              deltas: [aDelta({ resolvedBy: id, sent: 1, answered: 1, ratings: [0, 0, 0, 0, 1] })],
            },
          );
        }),
      );
      const { dueSurveys, dueEvents } = await storage.backlog(minute(60));
      expectEqual([dueSurveys, dueEvents], [1000, 1000], "surveys and events that are due");
      for (const workspaceId of [workspaces[0] ?? "", workspaces[57] ?? "", workspaces[99] ?? ""]) {
        const { sent, resolvers } = await storage.counts({ workspaceId, current: window, previous: before });
        expectEqual([sent[0]?.count, resolvers.length], [10, 10], "sends and resolvers of one workspace");
        for (const ticket of someKeys(10, { workspaceId })) {
          const said = `of ${workspaceId} ${ticket.id}`;
          expectEqual((await storage.lists.answer(refOf(ticket)))?.comment, said, "the comment");
          expectEqual(
            (await storage.lists.journal(refOf(ticket))).map(({ reason }) => reason),
            [said],
            "the journal",
          );
          expectEqual(
            (await storage.auto.byToken(said.slice("of ".length)))?.key,
            ticket,
            "what the link opens",
          );
        }
      }
    },
  },
  {
    id: "write/many/conflicts-among-a-thousand",
    rule: "Of 1,000 changes of one write exactly those conflict whose version is another, and the others follow on.",
    async run({ storage }) {
      const keys = someKeys(1000);
      const isStored = (place: number) => place % 7 === 0;
      await mustWrite(
        storage.auto,
        ...keys.filter((_, place) => isStored(place)).map((key) => aChange([aHead(key)])),
      );
      const write = () =>
        storage.auto.write(keys.map((key) => aChange([aHead(key, { state: { text: "bulk" } })])));
      const outcomes = keys.map((_, place) => (isStored(place) ? "conflict" : "written"));
      expectEqual<readonly string[]>(await write(), outcomes, "the outcomes");
      expectEqual<readonly string[]>(
        await write(),
        keys.map(() => "conflict"),
        "the outcomes of the same again",
      );
      const heads = await storage.auto.read(keys);
      expectEqual(
        heads.map(({ version, state }) => [version, state]),
        keys.map((_, place) => [1, { text: isStored(place) ? "first" : "bulk" }]),
        "versions and documents",
      );
    },
  },
  {
    id: "write/many/settling-a-thousand-leases",
    rule: "1,000 leased records are settled in one write: those of lost leases stay as they are, and the others are due no more.",
    async run({ storage }) {
      const keys = someKeys(1000);
      await mustWrite(storage.auto, ...keys.map((key) => aChange([aHead(key, { due: waiting() })])));
      const leases = new Map<string, string>();
      for (let claims = 0; claims < 10 && leases.size < 1000; claims++)
        for (const { head, leaseId } of await claim(storage.auto, { limit: 1000 }))
          leases.set(head.key.id, leaseId);
      const isLost = (place: number) => place % 9 === 4;
      const outcomes = await storage.auto.write(
        keys.map((key, place) => {
          const id = isLost(place) ? "of nobody" : `${leases.get(key.id)}`;
          return aChange([aHead(key, { expected: 1, due: null, lease: { id, extendMs: null } })]);
        }),
      );
      const wanted = keys.map((_, place) => (isLost(place) ? "lost_lease" : "written"));
      expectEqual<readonly string[]>(outcomes, wanted, "the outcomes");
      const versions = (await storage.auto.read(keys)).map(({ version }) => version);
      expectEqual(
        versions,
        keys.map((_, place) => (isLost(place) ? 1 : 2)),
        "the versions",
      );
    },
  },
];
