import type { Job, JobHandler, Scheduler } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { workspaceId } from "../world/a-world.ts";
import { onPostgres } from "../world/on-storages.ts";
import type { OpenStorage } from "../world/open-storage.ts";

const days = { days: 7 } as const;

/** What a worker of the next release writes, which knows more than this one. */
async function asNextRelease(opened: OpenStorage, ...statements: readonly string[]): Promise<void> {
  await opened.hostTransaction(async (tx: DrizzleTx) => {
    for (const statement of statements) await tx.execute(sql.raw(statement));
    return "commit";
  });
}

/** Writes a field of T1's survey into its document. */
function changed(field: string, value: string): readonly string[] {
  return [
    `update csat.tickets set version = version + 1,
       state = jsonb_set(state::jsonb, '{survey,${field}}', '${value}')::json where id = 'T1'`,
  ];
}

onPostgres("beside a newer release", (make, opened) => {
  test("a survey in a status that this release does not know is left to the one that does", async () => {
    const world = await make();
    await world.resolve("T1");
    await world.resolve("T2");
    await asNextRelease(
      opened(),
      ...changed("status", '"paused"'),
      ...changed("reason", '"quiet_hours"'),
      "delete from csat.due_tickets where id = 'T1'",
    );
    await world.pass({ hours: 2 });
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.survey("T2")).toMatchObject({ status: "sent" });
    expect(await world.reopen("T1")).toMatchObject({ kind: "nothing_pending" });
    await world.pass({ minutes: 1 });
    expect(await world.resolve("T1")).toMatchObject({ kind: "not_surveyed" });
    await world.pass({ hours: 2 });
    expect(await world.survey("T1")).toMatchObject({
      status: "paused",
      reason: "quiet_hours",
      generation: 1,
    });
    expect(await world.csat.retryFailed(workspaceId)).toBe(0);
    expect(await world.csat.runDue()).toEqual({ sent: 0, skipped: 0, failed: 0, delivered: 0 });
    expect(await world.csat.getTicketPanel({ workspaceId, ticketId: "T1" })).toEqual({ state: "none" });
    expect((await world.csat.getMetrics(workspaceId, days)).current.sent).toBe(1);
    expect(await world.csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0 });
  });

  test("a survey that is due in such a status is mailed by none of this release, and stays as it is", async () => {
    const world = await make();
    await world.resolve("T1");
    await world.resolve("T2");
    await asNextRelease(opened(), ...changed("status", '"paused"'), ...changed("until", '"2100-01-01"'));
    const key = { kind: "ticket", workspaceId, id: "T1" } as const;
    const [before] = await world.storage.auto.read([key]);
    await world.pass({ hours: 2 });
    await world.csat.runDue();
    expect(world.mailer.tried).toHaveLength(1);
    expect(await world.survey("T2")).toMatchObject({ status: "sent" });
    expect(await world.storage.auto.read([key])).toEqual([before]);
  });

  test("what it keeps in settings and events beside what this release knows is kept when this one writes them", async () => {
    const webhooks = {
      endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com" }],
      deliver: async () => ({ ok: true }) as const,
    };
    const world = await make({ options: { webhooks } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted[0], 4);
    for (const table of ["workspaces", "events"])
      await asNextRelease(
        opened(),
        `update csat.${table} set state = jsonb_set(state::jsonb, '{newer}', '"in ${table}"')::json`,
      );
    await world.csat.updateSettings(workspaceId, { subject: "How was it?" });
    await world.csat.runDue();
    expect((await world.csat.listEvents(workspaceId)).items).toMatchObject([
      { deliveries: [{ state: "delivered" }] },
    ]);
    expect(await world.csat.getSettings(workspaceId)).toMatchObject({
      enabled: true,
      subject: "How was it?",
    });
    const dump = await opened().dump();
    expect(dump).toContain("in workspaces");
    expect(dump).toContain("in events");
  });

  test("a survey that a newer release took over during our send is not written to any more", async () => {
    const world = await make();
    await world.resolve("T1");
    world.mailer.answer = async () => {
      await asNextRelease(
        opened(),
        ...changed("status", '"paused"'),
        "delete from csat.due_tickets where id = 'T1'",
      );
      return { kind: "accepted", messageId: null };
    };
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "paused", sentAt: null });
  });

  test("a mailed link is answered whatever the newer release calls its survey", async () => {
    // S17
    const world = await make();
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await asNextRelease(
      opened(),
      ...changed("status", '"reminded"'),
      ...changed("remindedAt", '"2100-01-01"'),
    );
    await world.answer(world.mailer.accepted[0], 4);
    expect(await world.csat.getTicketPanel({ workspaceId, ticketId: "T1" })).toMatchObject({
      state: "answered",
    });
    expect((await world.csat.getMetrics(workspaceId, days)).current).toMatchObject({ sent: 1, responses: 1 });
    // What it wrote beside is kept.
    expect(await opened().dump()).toContain("remindedAt");
  });

  test("a wake-up of a kind that this release does not know is done with, and does nothing", async () => {
    const handlers: JobHandler[] = [];
    const scheduler: Scheduler = {
      schedule: async () => {},
      cancel: async () => {},
      start: async ({ run }) => {
        handlers.push(run);
        return { stop: async () => {} };
      },
    };
    const world = await make({ options: { scheduler } });
    await world.resolve("T1");
    world.clock.move(3_600_000);
    await world.csat.startWorker();
    const [run] = handlers;
    // What a queue shared with a newer release may hold.
    const job = {
      kind: "remind_customer",
      workspaceId,
      surveyId: (await world.survey("T1"))?.id,
    } as unknown as Job;
    await run?.(job, new AbortController().signal);
    expect(world.mailer.tried).toEqual([]);
  });

  test("a journal entry of a newer kind is told as it stands", async () => {
    const world = await make();
    await world.resolve("T1");
    await asNextRelease(
      opened(),
      `insert into csat.journal (workspace_id, ticket_id, at, event, reason)
       values ('${workspaceId}', 'T1', '2100-01-01', 'quarantined', 'suspicious')`,
    );
    expect((await world.story("T1")).at(-1)).toBe("quarantined:suspicious");
  });

  test("events of a newer type or in a newer state are delivered and written by none of this release, and hold up no other", async () => {
    const delivered: string[] = [];
    const webhooks = {
      endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com" }],
      deliver: async (_endpoint: unknown, event: { readonly id: string }) => {
        delivered.push(event.id);
        return { ok: true } as const;
      },
    };
    const world = await make({ options: { webhooks } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted[0], 4);
    const [event] = (await world.csat.listEvents(workspaceId)).items;
    await asNextRelease(
      opened(),
      `insert into csat.events (workspace_id, id, version, state, created_at, ticket_id)
       select workspace_id, 'a-type', 1, jsonb_set(state::jsonb, '{type}', '"ticket.csat_reminded"')::json, created_at, ticket_id
       from csat.events`,
      `insert into csat.events (workspace_id, id, version, state, created_at, ticket_id)
       select workspace_id, 'a-state', 1, jsonb_set(state::jsonb, '{deliveries}',
         '[{"endpointId":"crm","state":"paused","attempts":1,"retryAt":null,"lastError":null}]')::json, created_at, ticket_id
       from csat.events where id <> 'a-type'`,
      `insert into csat.due_events (workspace_id, id, wake_at, first_due_at)
       select workspace_id, id, created_at - interval '1 hour', created_at from csat.events where id in ('a-type', 'a-state')`,
    );
    const keys = ["a-state", "a-type"].map((id) => ({ kind: "event", workspaceId, id }) as const);
    const before = await world.storage.auto.read(keys);
    await world.csat.runDue();
    await world.csat.runDue();
    expect(delivered).toEqual([event?.id]);
    expect(await world.storage.auto.read(keys)).toEqual(before);
    const listed = (await world.csat.listEvents(workspaceId)).items.map(({ id }) => id);
    expect(new Set(listed)).toEqual(new Set(["a-state", event?.id]));
    expect((await opened().dump()).replaceAll("\\", "")).toContain('"state": "paused"');
  });
});

describe("on the tables of a newer release", () => {
  const change = [
    "alter table csat.due_tickets add column channel text not null default 'mail'",
    "alter table csat.answers add column language text",
    "alter table csat.events add column priority int not null default 2",
    "alter table csat.tickets add column priority int",
    "create table csat.reminders (id bigint primary key)",
  ];
  const undo = [
    "alter table csat.due_tickets drop column channel",
    "alter table csat.answers drop column language",
    "alter table csat.events drop column priority",
    "alter table csat.tickets drop column priority",
    "drop table csat.reminders",
  ];
  onPostgres("with columns and tables it does not know", (make, opened) => {
    test("this release schedules, mails, records and counts as before", async ({ onTestFinished }) => {
      const world = await make();
      await asNextRelease(opened(), ...change);
      onTestFinished(() => asNextRelease(opened(), ...undo));
      await world.resolve("T1");
      await world.reopen("T1");
      await world.pass({ minutes: 1 });
      await world.resolve("T1");
      await world.pass({ hours: 1 });
      await world.answer(world.mailer.accepted[0], 5, "Swift");
      await world.csat.eraseTickets([{ workspaceId, ticketId: "T1" }]);
      await world.resolve("T2", "bob");
      await world.pass({ hours: 1 });
      await world.answer(world.mailer.accepted[1], 2);
      expect((await world.csat.getMetrics(workspaceId, days)).current).toMatchObject({
        sent: 1,
        responses: 1,
      });
      expect(await world.csat.recount(workspaceId)).toEqual([]);
    });
  });
});
