import {
  type Csat,
  type CsatOptions,
  createCsat,
  type Logger,
  type Mail,
  type Mailer,
  type Scheduler,
  type Store,
  type TicketSource,
  type WebhookTransport,
} from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { type DrizzleTx, type Executor, type PostgresDatabase, postgresStorage } from "@csat/postgres";

/** A helpdesk that answers at once: what it costs to read a ticket is the host's to know. */
export const benchTickets: TicketSource = {
  getTicket: async (ref) => snapshot(ref.workspaceId, ref.ticketId),
  getTickets: async (workspaceId, ids) => ids.map((id) => snapshot(workspaceId, id)),
};

function snapshot(workspaceId: string, ticketId: string) {
  return {
    ticketId,
    status: "resolved",
    subject: `My order ${ticketId} has not arrived`,
    url: null,
    workspaceName: workspaceId,
    customer: { name: "Alex Morgan", email: `${ticketId}@customer.example`, locale: null },
    assignee: { id: "ada", name: "Ada" },
  } as const;
}

/** The workspace of every bench: its surveys go out at once. */
export const workspaceId = "bench";

/** A comment of the usual length. */
export const comment =
  "Quick and friendly, though I had to explain the same thing twice before somebody understood it.";

/** What a bench may replace. */
export interface DeskParts {
  readonly mailer?: Mailer;
  readonly scheduler?: Scheduler;
  readonly webhooks?: WebhookTransport;
  readonly logger?: Logger;
  readonly sweepEveryMs?: number;
  readonly leaseForMs?: number;
  readonly attributes?: NonNullable<CsatOptions<never>["attributes"]>;
  readonly tickets?: TicketSource;
}

/** The library over a database of Postgres, with a workspace whose surveys go out at once. */
export function benchDesk(
  database: PostgresDatabase,
  parts: DeskParts = {},
): Promise<Csat<DrizzleTx | Executor>> {
  return benchDeskOn(postgresStorage(database), parts);
}

/** The library over any storage, with a workspace whose surveys go out at once. */
export async function benchDeskOn<Tx>(storage: Store<Tx>, parts: DeskParts = {}): Promise<Csat<Tx>> {
  const csat = createCsat({
    storage,
    scheduler: inProcessScheduler(),
    mailer: keepingMailer(),
    tickets: benchTickets,
    publicUrl: "https://help.example.com/csat",
    theme: () => ({ accentColor: "#123456", logo: null }),
    ...parts,
  });
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
  return csat;
}

/** A mailer that sends nothing, and the tokens and one of the mails that it was given. */
export interface KeepingMailer extends Mailer {
  readonly tokens: string[];
  last: Mail | null;
}

/** Makes one. */
export function keepingMailer(): KeepingMailer {
  const mailer: KeepingMailer = {
    tokens: [],
    last: null,
    send: async (mail) => {
      const token = /\/r\/([\w-]+)\?rating=1/.exec(mail.text)?.[1];
      if (token === undefined) throw new Error("A mail has no link.");
      mailer.tokens.push(token);
      mailer.last = mail;
      return { kind: "accepted", messageId: `<${mail.messageIdLocalPart}@help.example.com>` };
    },
  };
  return mailer;
}

/** Ticket `id`, resolved now by one of twenty. */
export function resolved(id: string, place = 0) {
  return { workspaceId, ticketId: id, actorId: `operator-${place % 20}`, resolvedAt: new Date() };
}

/** `count` tickets, resolved now, of so many workspaces in turn. */
export function manyResolved(prefix: string, count: number, workspaces = 1) {
  return Array.from({ length: count }, (_, place) => ({
    ...resolved(`${prefix}-${place}`, place),
    workspaceId: workspaceName(place % workspaces),
  }));
}

/** The first is `bench`. */
function workspaceName(place: number): string {
  return place === 0 ? workspaceId : `${workspaceId}-${place}`;
}

/** Surveys that were mailed and wait for an answer: their tokens. */
export async function mailedSurveys(
  database: PostgresDatabase,
  {
    prefix,
    count,
    workspaces = 1,
    parts = {},
  }: {
    readonly prefix: string;
    readonly count: number;
    readonly workspaces?: number;
    readonly parts?: DeskParts;
  },
): Promise<readonly string[]> {
  const mailer = keepingMailer();
  const csat = await benchDesk(database, { ...parts, mailer });
  for (let place = 1; place < workspaces; place++)
    await csat.updateSettings(workspaceName(place), { enabled: true, sendDelay: "immediately" });
  await csat.ticketsResolved(manyResolved(prefix, count, workspaces));
  await csat.runDue();
  if (mailer.tokens.length !== count)
    throw new Error(`${mailer.tokens.length} mails came of ${count} surveys.`);
  return mailer.tokens;
}
