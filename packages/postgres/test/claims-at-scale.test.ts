import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { beforeEach, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import { at, claimRefOf, newSurvey, ticketsOf } from "./support/survey-steps.ts";

const server = connections(20);
const leaseForMs = 600_000;
beforeEach(() => emptyTables(server.db()));

test("20 connections that claim 200 due surveys get each of them once", async () => {
  // S10
  const tickets = ticketsOf("acme", 200);
  await server.storage().surveys.arm(tickets.map((ref) => newSurvey(ref)));
  const worker = async () => {
    const got: string[] = [];
    for (;;) {
      const claimed = await server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 7 });
      if (claimed.length === 0) return got;
      got.push(...claimed.map(({ row }) => row.ticketId));
    }
  };
  const got = (await Promise.all(Array.from({ length: 20 }, worker))).flat();
  expect(got.toSorted()).toEqual(tickets.map(({ ticketId }) => ticketId));
});

test("a claim that meets another one still gets as many as it asks for", async () => {
  await server.storage().surveys.arm(ticketsOf("acme", 300).map((ref) => newSurvey(ref)));
  const claim = () => server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 10 });
  const counts = (await Promise.all(Array.from({ length: 20 }, claim))).map(({ length }) => length);
  expect(counts).toEqual(counts.map(() => 10));
});

test("behind 10,000 due surveys of one workspace the single one of another leaves with the first batch", async () => {
  // S58
  await server.storage().surveys.arm(ticketsOf("flood", 10_000).map((ref) => newSurvey(ref, at(0), at(1))));
  await server.storage().surveys.arm(ticketsOf("quiet", 1).map((ref) => newSurvey(ref, at(0), at(59))));
  const claimed = await server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 10 });
  const of = (workspaceId: string) => claimed.filter(({ row }) => row.workspaceId === workspaceId).length;
  expect([of("flood"), of("quiet")]).toEqual([9, 1]);
  const rest = { now: at(60), leaseForMs, limit: 10, exceptWorkspaces: ["flood"] };
  expect(await server.storage().surveys.claimDue(rest)).toEqual([]);
});

test("workspaces take turns: the oldest of each, then the second oldest of each", async () => {
  // S58
  for (const [workspaceId, count] of [
    ["a", 4],
    ["b", 1],
    ["c", 3],
  ] as const) {
    const surveys = ticketsOf(workspaceId, count).map((ref, index) => newSurvey(ref, at(0), at(index)));
    await server.storage().surveys.arm(surveys);
  }
  const claimed = await server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 6 });
  expect(claimed.map(({ row }) => `${row.workspaceId} ${row.dueAt.getUTCMinutes()}`)).toEqual([
    "a 0",
    "b 0",
    "c 0",
    "a 1",
    "c 1",
    "a 2",
  ]);
});

test("a claim reads the head of each workspace through the index, however much is due", async () => {
  await server.storage().surveys.arm(ticketsOf("flood", 10_000).map((ref) => newSurvey(ref)));
  await server.storage().surveys.arm(ticketsOf("quiet", 10).map((ref) => newSurvey(ref)));
  await server.pool().query("analyze");
  let claim: { readonly text: string; readonly values: unknown[] } | undefined;
  const logger = {
    logQuery: (text: string, values: unknown[]) => {
      claim = { text, values };
    },
  };
  const storage = postgresStorage(drizzle(server.pool(), { logger }));
  await storage.surveys.claimDue({ now: at(-60), leaseForMs, limit: 10 });
  const { rows } = await server.pool().query<{ "QUERY PLAN": string }>({
    text: `explain ${claim?.text}`,
    values: claim?.values ?? [],
  });
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("Index Scan using due_surveys_wake_idx");
  expect(plan).not.toContain("Seq Scan");
});

test("a status that a newer release wrote is never claimed, and blocks nobody", async () => {
  const [strange, plain] = ticketsOf("acme", 2);
  if (strange === undefined || plain === undefined) throw new Error("two tickets");
  await server.storage().surveys.arm([newSurvey(strange, at(0), at(1)), newSurvey(plain, at(0), at(2))]);
  await server
    .pool()
    .query("update csat.surveys set status = 'snoozed' where ticket_id = $1", [strange.ticketId]);
  const claimed = await server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 1 });
  expect(claimed.map(({ row }) => row.ticketId)).toEqual([plain.ticketId]);
  expect(await server.storage().surveys.claimDue({ now: at(60), leaseForMs, limit: 1 })).toEqual([]);
  expect(await server.storage().surveys.find(strange)).toMatchObject({ status: "snoozed" });
  expect(await server.storage().surveys.arm([newSurvey(strange, at(70), at(80))])).toMatchObject([
    { kind: "already_scheduled" },
  ]);
});

test("maintenance removes due work of surveys that are over, and nothing of those that wait", async () => {
  const [over, waits] = ticketsOf("acme", 2);
  if (over === undefined || waits === undefined) throw new Error("two tickets");
  const { surveys } = server.storage();
  await surveys.arm([newSurvey(over), newSurvey(waits)]);
  const [claimed] = await surveys.claimDue({ now: at(60), leaseForMs, limit: 1 });
  if (claimed === undefined) throw new Error("nothing was claimed");
  await surveys.markSent({ ...claimRefOf(claimed), sentAt: at(61), messageId: null });
  await server.pool().query(
    `insert into csat.due_surveys (workspace_id, survey_id, wake_at)
     select workspace_id, id, due_at from csat.surveys where status = 'sent'`,
  );
  await server.storage().maintain(at(2 * 24 * 60), AbortSignal.abort());
  const left = async () =>
    (await server.pool().query<{ survey_id: string }>("select survey_id from csat.due_surveys order by 1"))
      .rows;
  expect(await left()).toHaveLength(2);
  await server.storage().maintain(at(90), new AbortController().signal);
  expect(await left()).toHaveLength(2);
  await server.storage().maintain(at(2 * 24 * 60), new AbortController().signal);
  expect(await left()).toEqual([{ survey_id: newSurvey(waits).id }]);
  expect(await server.storage().recount("acme")).toEqual([]);
});
