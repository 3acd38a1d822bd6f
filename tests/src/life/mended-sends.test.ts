import type { MailOutcome } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

const ticket = { workspaceId, ticketId: "T1" };
const busy: MailOutcome = { kind: "unavailable", error: "450 greylisted", concerns: "recipient" };
const outage: MailOutcome = { kind: "unavailable", error: "connection refused", concerns: "route" };
const accepted: MailOutcome = { kind: "accepted", messageId: null };

test("what became of a mail is written again while the lease lasts: one failed commit gives one mail", async () => {
  // S11
  const memory = memoryStorage();
  let failures = 0;
  const world = await aWorld<never>({
    storage: {
      ...memory,
      auto: {
        ...memory.auto,
        write: async (changes) => {
          if (failures-- > 0) throw new Error("the commit failed");
          return memory.auto.write(changes);
        },
      },
    },
  });
  await world.resolve("T1");
  world.mailer.answer = () => {
    failures = 2;
    return accepted;
  };
  await world.pass({ hours: 1 });
  expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 1 });
  await world.pass({ hours: 1 });
  expect(world.mailer.tried).toHaveLength(1);
});

test("a resolution during a greylisted send leaves the retry at its time", async () => {
  // S1, S12
  const world = await aWorld<never>({ storage: inMemory() });
  await world.resolve("T1");
  world.mailer.answer = async () => {
    await world.resolve("T1", "oscar");
    return busy;
  };
  await world.pass({ hours: 1 });
  world.mailer.answer = () => accepted;
  await world.pass({ ms: 59_999 });
  expect(world.mailer.accepted).toEqual([]);
  await world.pass({ ms: 1 });
  expect(world.mailer.accepted).toHaveLength(1);
});

test("a reopening that is stored before the send begins stops the mail", async () => {
  // S5, S10
  const world = await aWorld<never>({ storage: inMemory() });
  await world.resolve("T1");
  const { getTicket } = world.tickets;
  const tickets = {
    ...world.tickets,
    getTicket: async (ref: typeof ticket) => {
      // Read before the helpdesk reopened it.
      const read = await getTicket(ref);
      await world.csat.ticketLeft({ ...ref, at: world.clock.now(), reason: "reopened" });
      return read;
    },
  };
  world.clock.move(3_600_000);
  await world.anotherProcess({ tickets }).runDue();
  expect(world.mailer.tried).toEqual([]);
  expect(await world.survey("T1")).toMatchObject({ status: "canceled", reason: "reopened" });
});

test("explain tells of an outage that follows a counted attempt, once", async () => {
  // S12, S19
  const world = await aWorld<never>({ storage: inMemory() });
  await world.resolve("T1");
  world.mailer.answer = () => busy;
  await world.pass({ hours: 1 });
  world.mailer.answer = () => outage;
  for (let day = 0; day < 7; day++) await world.pass({ hours: 23 });
  expect(await world.story("T1")).toEqual([
    "resolved",
    "scheduled",
    "mail_failed:450 greylisted",
    "mail_failed:connection refused",
  ]);
});

test("retryFailed leaves what may have reached the customer, whatever is asked for", async () => {
  // S12
  const world = await aWorld<never>({ storage: inMemory() });
  await world.resolve("T1");
  world.mailer.answer = () => ({ kind: "unknown", error: "lost after DATA" });
  for (const minutes of [60, 1, 5, 30, 120, 360]) await world.pass({ minutes });
  expect(world.mailer.tried).toHaveLength(6);
  const reasons = ["attempts_used_up", "refused", "indeterminate"] as const;
  expect(await world.csat.retryFailed(workspaceId, { reasons })).toBe(0);
  await world.pass({ hours: 2 * 365 * 24 });
  expect(world.mailer.tried).toHaveLength(6);
});

test("retryFailed sets a wake-up, and what is too late by then expires instead of going out", async () => {
  // S12, S16
  const world = await aWorld<never>({ storage: inMemory() });
  await world.resolve("T1");
  world.mailer.answer = () => busy;
  for (const minutes of [60, 1, 5, 30, 120, 360]) await world.pass({ minutes });
  world.clock.move(8 * 86_400_000);
  expect(await world.csat.retryFailed(workspaceId, { since: world.clock.now() })).toBe(0);
  expect(await world.csat.retryFailed(workspaceId)).toBe(1);
  expect(world.scheduler.scheduled.at(-1)).toMatchObject({
    job: { kind: "send_survey" },
    runAt: world.clock.now(),
  });
  await world.pass({ ms: 0 });
  expect(world.mailer.tried).toHaveLength(6);
  expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason: "expired" });
});

test("a repeated event writes nothing into the journal, and after an erase nobody's name", async () => {
  // S15, S56
  const world = await aWorld<never>({ storage: inMemory() });
  const event = { ...ticket, actorId: "olivia", resolvedAt: world.clock.now() };
  await world.csat.ticketsResolved(Array.from({ length: 500 }, () => event));
  await world.csat.ticketsResolved(Array.from({ length: 500 }, () => event));
  expect(await world.story("T1")).toEqual(["resolved", "scheduled"]);
  await world.csat.eraseTickets([ticket]);
  await world.csat.ticketResolved(event);
  expect(await world.csat.explain(ticket)).toMatchObject([{ event: "erased", actorId: null }]);
});

test("a ticket that the bulk answer leaves out is asked for by itself, and skipped when it is gone then, too", async () => {
  // S6
  const world = await aWorld<never>({ storage: inMemory() });
  for (const ticketId of ["T1", "T2", "T3"]) await world.resolve(ticketId);
  world.tickets.all.delete("T3");
  const getTickets = async () => [...world.tickets.all.values()].slice(0, 1);
  world.clock.move(3_600_000);
  await world.anotherProcess({ tickets: { ...world.tickets, getTickets } }).runDue();
  expect(world.mailer.accepted).toHaveLength(2);
  expect(await world.survey("T3")).toMatchObject({ status: "skipped", reason: "ticket_not_found" });
});
