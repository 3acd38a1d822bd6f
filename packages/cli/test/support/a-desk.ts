import { type Csat, createCsat, type Mailer, type Rating, type WebhookTransport } from "@csat/core";
import {
  type FakeClock,
  fakeClock,
  inProcessScheduler,
  type MemoryMailer,
  memoryMailer,
  memoryTickets,
} from "@csat/memory";
import { type DrizzleDatabase, inspectDatabase, migrate, postgresStorage } from "@csat/postgres";
import type { CsatConfig } from "../../src/config.ts";

/** A helpdesk on a database, and what its config file would export. */
export interface Desk {
  readonly csat: Csat;
  readonly clock: FakeClock;
  readonly config: CsatConfig;
  readonly mailer: MemoryMailer;
  /** A ticket is resolved, and nothing sent yet. */
  resolve(ticketId: string, actorId?: string | null): Promise<void>;
  /** A ticket is resolved, surveyed at once and answered. */
  answer(ticketId: string, rating: Rating, comment?: string): Promise<void>;
}

/** The workspace of every test. */
export const workspaceId = "acme";

/** Makes the desk; the clock stands at 2026-03-05T10:00:00Z. Surveys are on as soon as `enable` was called. */
export function aDesk(
  db: DrizzleDatabase,
  given: { readonly publicUrl?: string; readonly webhooks?: WebhookTransport } = {},
): Desk & { readonly enable: () => Promise<void> } {
  const clock = fakeClock("2026-03-05T10:00:00.000Z");
  const [mailer, tickets] = [memoryMailer(), memoryTickets()];
  const csat = createCsat({
    storage: postgresStorage(db),
    scheduler: inProcessScheduler({ clock }),
    mailer,
    tickets,
    clock,
    publicUrl: given.publicUrl ?? "http://127.0.0.1:1/csat",
    ...(given.webhooks === undefined ? {} : { webhooks: given.webhooks }),
  });
  async function resolve(ticketId: string, actorId: string | null = "bob"): Promise<void> {
    const customer = { name: "Dana", email: "dana@example.com", locale: null };
    tickets.put(workspaceId, { ticketId, status: "resolved", customer });
    await csat.ticketResolved({ workspaceId, ticketId, actorId, resolvedAt: clock.now() });
  }
  return {
    csat,
    clock,
    mailer,
    config: configOf({ csat, db, mailer }),
    resolve,
    async answer(ticketId, rating, comment) {
      await resolve(ticketId);
      await csat.runDue();
      const [, token] = /\/r\/([\w-]+)/.exec(mailer.sent.at(-1)?.text ?? "") ?? [];
      await csat.submitResponse({ token: token ?? "", rating, comment: comment ?? null });
    },
    enable: async () => {
      await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
    },
  };
}

function configOf(parts: {
  readonly csat: Csat;
  readonly db: DrizzleDatabase;
  readonly mailer: Mailer;
}): CsatConfig {
  const { csat, db, mailer } = parts;
  return {
    csat,
    mailer,
    database: { migrate: (options) => migrate(db, options), inspect: () => inspectDatabase(db) },
  };
}
