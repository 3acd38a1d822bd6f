import { type DrizzleTx, type Executor, postgresStorage, type Statement } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { beforeEach, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import { aWorkspace } from "./support/heads.ts";
import { aHelpdesk, tokenOf } from "./support/helpdesk.ts";

const server = connections(4);
let statements: string[] = [];
beforeEach(async () => {
  await emptyTables(server.db());
  statements = [];
});

function countingStorage() {
  const query = ({ text, values }: Statement) => {
    statements.push(text);
    return server.pool().query(text, [...values]);
  };
  // What needs a transaction of its own takes more statements than one: these calls need none.
  const transaction = () => Promise.reject(new Error("a transaction was opened"));
  return postgresStorage({ query, transaction });
}

/** How many statements some work takes. */
async function countOf(work: () => Promise<unknown>): Promise<number> {
  const before = statements.length;
  await work();
  return statements.length - before;
}

const ticketsOf = (workspaceId: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ workspaceId, ticketId: `T${index}` }));

test("resolving one in the host's transaction takes two statements, and so does leaving it", async () => {
  const workspaceId = aWorkspace();
  const desk = await aHelpdesk<DrizzleTx | Executor>(countingStorage(), [workspaceId]);
  const event = { workspaceId, ticketId: "T1", actorId: "ann", resolvedAt: desk.now() };
  const told: string[] = [];
  const db = drizzle(server.pool(), { logger: { logQuery: (text) => told.push(text) } });
  await db.transaction(async (tx) => {
    told.length = 0;
    await desk.csat.ticketResolved(event, { tx });
    expect(told).toHaveLength(2);
    await desk.csat.ticketLeft({ workspaceId, ticketId: "T1", at: desk.now(), reason: "closed" }, { tx });
    expect(told).toHaveLength(4);
  });
});

test("a thousand tickets take what one takes, of one workspace or of a thousand", async () => {
  const workspaceIds = Array.from({ length: 1000 }, aWorkspace);
  const [one = "", other = ""] = workspaceIds;
  const { csat, now } = await aHelpdesk(countingStorage(), [one, other]);
  const resolved = (refs: readonly { workspaceId: string; ticketId: string }[]) =>
    countOf(() => csat.ticketsResolved(refs.map((ref) => ({ ...ref, actorId: "ann", resolvedAt: now() }))));
  expect(await resolved([{ workspaceId: one, ticketId: "first" }])).toBe(2);
  expect(await resolved(ticketsOf(other, 1000))).toBe(2);
  expect(await resolved(workspaceIds.map((workspaceId) => ({ workspaceId, ticketId: "T" })))).toBe(2);
  const left = ticketsOf(other, 1000).map((ref) => ({ ...ref, at: now(), reason: "closed" as const }));
  expect(await countOf(() => csat.ticketsLeft(left))).toBe(2);
  expect(await countOf(() => csat.eraseTickets(ticketsOf(other, 1000)))).toBe(2);
  expect(await countOf(() => csat.ticketsResolved([]))).toBe(0);
});

test("one ticket 500 times in a call takes what it takes once", async () => {
  // S15
  const workspaceId = aWorkspace();
  const { csat, now } = await aHelpdesk(countingStorage(), [workspaceId]);
  const event = { workspaceId, ticketId: "T1", actorId: "ann", resolvedAt: now() };
  expect(await countOf(() => csat.ticketsResolved(Array.from({ length: 500 }, () => event)))).toBe(2);
});

test("an answer takes two statements, and so does a page; a second answer takes one", async () => {
  const workspaceId = aWorkspace();
  const desk = await aHelpdesk(countingStorage(), [workspaceId]);
  const resolved = { workspaceId, ticketId: "T1", actorId: "ann", resolvedAt: desk.now() };
  const life = { resolve: await countOf(() => desk.csat.ticketResolved(resolved)), send: 0, answer: 0 };
  desk.pass(60);
  life.send = await countOf(() => desk.csat.runDue());
  const answer = { token: tokenOf(desk.mails[0]), rating: 5, comment: null } as const;
  life.answer = await countOf(() => desk.csat.submitResponse(answer));
  const again = await countOf(() =>
    desk.csat
      .submitResponse(answer)
      .catch((error: unknown) => expect(error).toMatchObject({ code: "already_responded" })),
  );
  expect([life.resolve, life.answer, again]).toEqual([2, 2, 1]);
  // Claims of both kinds until nothing is left, the workspace's settings, the beginning, the outcome, and housekeeping.
  expect(life.send).toBeLessThanOrEqual(16);
});

test("the surveys of a hundred tickets are sent in hardly more statements than one's", async () => {
  const workspaceId = aWorkspace();
  const desk = await aHelpdesk(countingStorage(), [workspaceId]);
  const send = async (count: number, from: number) => {
    const refs = ticketsOf(workspaceId, from + count).slice(from);
    await desk.csat.ticketsResolved(refs.map((ref) => ({ ...ref, actorId: "ann", resolvedAt: desk.now() })));
    desk.pass(60);
    const taken = await countOf(() => desk.csat.runDue());
    expect(desk.mails).toHaveLength(from + count);
    return taken;
  };
  const one = await send(1, 0);
  const hundred = await send(100, 1);
  expect(hundred).toBeLessThanOrEqual(one + 100);
});

test("no value stands in the text of a statement", async () => {
  const workspaceId = "w'); drop table x; --";
  const { csat, now } = await aHelpdesk(countingStorage(), [workspaceId]);
  await csat.ticketResolved({ workspaceId, ticketId: "T$1", actorId: "a'b", resolvedAt: now() });
  await csat.ticketLeft({ workspaceId, ticketId: "T$1", at: now(), reason: "closed" });
  expect(statements.join("\n")).not.toMatch(/drop table|T\$1|a'b/);
  expect((await csat.explain({ workspaceId, ticketId: "T$1" })).length).toBeGreaterThan(0);
});
