import type { StorageOperations, TicketRef } from "@csat/core";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { answerTo, aTicket, at, beginOf, claimRefOf, newSurvey, ticketsOf } from "./support/survey-steps.ts";

const server = connections(24);

/** What the core does for a batch of resolutions, in one transaction. */
async function resolveAll(operations: StorageOperations, tickets: readonly TicketRef[]) {
  await operations.resolutions.record(tickets.map((ref) => ({ ...ref, actorId: "ann", resolvedAt: at(0) })));
  const outcomes = await operations.surveys.arm(tickets.map((ref) => newSurvey(ref)));
  await operations.journal.append(
    tickets.map((ref) => ({ ...ref, at: at(0), event: "resolved", reason: null, actorId: "ann" })),
  );
  return outcomes;
}

test("two bulk calls of 5,000 tickets in opposite order arm each ticket once and never deadlock", async () => {
  // S57
  const tickets = ticketsOf(aTicket().workspaceId, 5000);
  const opposite = tickets.toReversed();
  const call = (order: readonly TicketRef[]) =>
    server.storage().transaction((operations) => resolveAll(operations, order));
  const [one, other] = await Promise.all([call(tickets), call(opposite)]);
  const armed = [...one, ...other].filter(({ kind }) => kind === "armed");
  expect(armed).toHaveLength(5000);
  expect(new Set(armed.map(({ ticketId }) => ticketId)).size).toBe(5000);
  expect(one.map(({ ticketId }) => ticketId)).toEqual(tickets.map(({ ticketId }) => ticketId));
  expect(other.map(({ ticketId }) => ticketId)).toEqual(opposite.map(({ ticketId }) => ticketId));
});

test("batches of known and new tickets in transactions of several batches never deadlock", async () => {
  // S57
  const tickets = ticketsOf(aTicket().workspaceId, 2000);
  const known = tickets.filter((_, index) => index % 2 === 0);
  await server
    .storage()
    .resolutions.record(known.map((ref) => ({ ...ref, actorId: null, resolvedAt: at(-1) })));
  const inBatchesOf = (size: number) =>
    server.storage().transaction(async (operations) => {
      for (let from = 0; from < tickets.length; from += size) {
        await resolveAll(operations, tickets.slice(from, from + size).toReversed());
      }
    });
  await Promise.all([inBatchesOf(2000), inBatchesOf(700), inBatchesOf(330), inBatchesOf(1000)]);
  const { rows } = await server
    .pool()
    .query("select count(*)::int as surveys from csat.surveys where workspace_id = $1", [
      tickets[0]?.workspaceId,
    ]);
  expect(rows).toEqual([{ surveys: 2000 }]);
});

test("leaving, arming, erasing, claiming and answering the same tickets at once never deadlocks", async () => {
  // S57
  const tickets = ticketsOf(aTicket().workspaceId, 300);
  const { surveys, responses } = server.storage();
  await surveys.arm(tickets.map((ref) => newSurvey(ref)));
  const claimed = await surveys.claimDue({ now: at(60), leaseForMs: 600_000, limit: 100 });
  const links = await Promise.all(claimed.map((claim) => beginOf(server.storage(), claimRefOf(claim))));
  const backwards = tickets.toReversed();
  await Promise.all([
    surveys.leave(tickets.map((ref) => ({ ...ref, at: at(61), reason: "closed" }))),
    surveys.arm(backwards.map((ref) => newSurvey(ref, at(62), at(122)))),
    surveys.leave(backwards.map((ref) => ({ ...ref, at: at(63), reason: "merged" }))),
    surveys.erase(backwards.slice(0, 150)),
    surveys.erase(tickets.slice(200)),
    surveys.claimDue({ now: at(130), leaseForMs: 600_000, limit: 100 }),
    server
      .storage()
      .resolutions.record(backwards.map((ref) => ({ ...ref, actorId: "ben", resolvedAt: at(-9) }))),
    surveys.release(claimed.map(claimRefOf).toReversed()),
    ...links.map((tokenHash) => responses.record(answerTo(tokenHash))),
    ...claimed.map((claim) => surveys.markSent({ ...claimRefOf(claim), sentAt: at(63), messageId: null })),
    server.storage().maintain(at(130), new AbortController().signal),
  ]);
  for (const ref of [...tickets.slice(0, 5), ...tickets.slice(250, 255)]) {
    const survey = await surveys.find(ref);
    expect(survey?.status).not.toBe("scheduled");
  }
});

test("a ticket twice in a batch counts once, and the batch goes on", async () => {
  // S15
  const { surveys, resolutions } = server.storage();
  const ref = aTicket();
  const other = { ...ref, ticketId: "T2" };
  const resolution = (ticket: TicketRef, actorId: string, minute: number) => ({
    ...ticket,
    actorId,
    resolvedAt: at(minute),
  });
  await resolutions.record([
    resolution(ref, "ben", 1),
    resolution(ref, "ann", 0),
    resolution(other, "cy", 0),
  ]);
  const armed = await surveys.arm([newSurvey(ref, at(5), at(65)), newSurvey(ref), newSurvey(other)]);
  expect(armed.map(({ kind }) => kind)).toEqual(["armed", "already_scheduled", "armed"]);
  expect(await surveys.find(ref)).toMatchObject({ resolvedBy: "ann", resolvedAt: at(0) });
  const left = await surveys.leave([
    { ...ref, at: at(1), reason: "reopened" },
    { ...other, at: at(1), reason: "reopened" },
    { ...ref, at: at(2), reason: "closed" },
  ]);
  expect(left.map(({ kind }) => kind)).toEqual(["canceled", "canceled", "nothing_pending"]);
  expect(await surveys.find(ref)).toMatchObject({ status: "canceled", reason: "closed" });
  const unknown = { ...ref, ticketId: "T3" };
  const twice = await surveys.arm([newSurvey(unknown), newSurvey(unknown, at(1), at(61))]);
  expect(twice.map(({ kind }) => kind)).toEqual(["armed", "already_scheduled"]);
  const neverSeen = { ...ref, ticketId: "T4", at: at(1), reason: "closed" } as const;
  expect(await surveys.leave([neverSeen, neverSeen])).toHaveLength(2);
  await surveys.erase([
    { ...ref, ticketId: "T5" },
    { ...ref, ticketId: "T5" },
  ]);
  await surveys.erase([ref, ref]);
  expect(await surveys.find(ref)).toMatchObject({ status: "erased" });
});

test("a survey id that another ticket has is refused, and nothing is stored", async () => {
  const { surveys } = server.storage();
  const [ref, other] = ticketsOf(aTicket().workspaceId, 2);
  if (ref === undefined || other === undefined) throw new Error("two tickets");
  await surveys.arm([{ ...newSurvey(ref), id: "s1" }]);
  const third = { ...ref, ticketId: "T3" };
  const work = surveys.arm([{ ...newSurvey(other), id: "s1" }, newSurvey(third)]);
  await expect(work).rejects.toMatchObject({ code: "storage_failed" });
  expect([await surveys.find(other), await surveys.find(third)]).toEqual([null, null]);
});
