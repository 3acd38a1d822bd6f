import type { StorageOperations, TicketRef } from "@csat/core";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { beforeEach, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { answerTo, aTicket, at, beginOf, claimRefOf, newSurvey, ticketsOf } from "./support/survey-steps.ts";

const server = connections();
let statements: string[] = [];
beforeEach(() => {
  statements = [];
});

function countingStorage() {
  return postgresStorage(drizzle(server.pool(), { logger: { logQuery: (text) => statements.push(text) } }));
}

async function countOf(work: (operations: StorageOperations) => Promise<unknown>): Promise<number> {
  const before = statements.length;
  await work(countingStorage());
  return statements.length - before;
}

/** Statements that a batch may take, begin and commit included. */
const bulk: readonly (readonly [
  name: string,
  most: number,
  work: (operations: StorageOperations, tickets: readonly TicketRef[]) => Promise<unknown>,
])[] = [
  [
    "record",
    4,
    ({ resolutions }, tickets) =>
      resolutions.record(tickets.map((ref) => ({ ...ref, actorId: "ann", resolvedAt: at(0) }))),
  ],
  ["arm", 4, ({ surveys }, tickets) => surveys.arm(tickets.map((ref) => newSurvey(ref)))],
  [
    "append",
    1,
    ({ journal }, tickets) =>
      journal.append(
        tickets.map((ref) => ({ ...ref, at: at(0), event: "resolved", reason: null, actorId: null })),
      ),
  ],
  [
    "leave",
    4,
    ({ surveys }, tickets) => surveys.leave(tickets.map((ref) => ({ ...ref, at: at(5), reason: "closed" }))),
  ],
  ["erase", 5, ({ surveys }, tickets) => surveys.erase(tickets)],
];

test.each(bulk)(
  "%s takes %i statements at most, for one ticket as for a thousand",
  async (_name, most, work) => {
    const one = await countOf((operations) => work(operations, [aTicket()]));
    const many = await countOf((operations) => work(operations, ticketsOf(aTicket().workspaceId, 1000)));
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(most);
  },
);

test.each(bulk)("%s of no tickets takes none", async (_name, _most, work) => {
  expect(await countOf((operations) => work(operations, []))).toBe(0);
});

test("each step of a send and the answer take one statement, a second answer two", async () => {
  const ref = aTicket();
  await server.storage().surveys.arm([newSurvey(ref)]);
  const claim = { now: at(60), leaseForMs: 600_000, limit: 10 };
  const only = { ...claim, only: { workspaceId: ref.workspaceId, id: newSurvey(ref).id } };
  const claimed = await server.storage().surveys.claimDue(only);
  const [send] = claimed.map(claimRefOf);
  if (send === undefined) throw new Error("nothing was claimed");
  let tokenHash = "";
  const steps: readonly (readonly [number, (operations: StorageOperations) => Promise<unknown>])[] = [
    [1, async (operations) => (tokenHash = await beginOf(operations, send))],
    [1, ({ surveys }) => surveys.markSent({ ...send, sentAt: at(61), messageId: null })],
    [1, ({ surveys }) => surveys.findByToken(tokenHash)],
    [1, ({ responses }) => responses.record(answerTo(tokenHash))],
    [2, ({ responses }) => responses.record(answerTo(tokenHash))],
    [1, ({ surveys }) => surveys.claimDue(claim)],
    [1, ({ outbox }) => outbox.claimDue(claim)],
    [1, ({ surveys }) => surveys.retryFailed(ref.workspaceId, at(62))],
    [1, ({ surveys }) => surveys.release([send, send])],
  ];
  for (const [expected, step] of steps) expect(await countOf(step)).toBe(expected);
});

test("no value stands in the text of a statement", async () => {
  const ref = { workspaceId: "w'); drop table x; --", ticketId: "T$1" };
  await countOf(({ surveys }) => surveys.arm([newSurvey(ref)]));
  await countOf(({ surveys }) => surveys.leave([{ ...ref, at: at(1), reason: "closed" }]));
  await countOf(({ surveys }) => surveys.find(ref));
  expect(statements.join("\n")).not.toContain("drop table");
  expect(await server.storage().surveys.find(ref)).toMatchObject({ ...ref, status: "canceled" });
});
