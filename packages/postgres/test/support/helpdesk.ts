import { type Csat, createCsat, type Mail, type Store, silentLogger, type TicketSnapshot } from "@csat/core";

/** A helpdesk whose tickets are all resolved and whose mail server accepts everything. */
export interface Helpdesk<Tx> {
  readonly csat: Csat<Tx>;
  /** What was mailed, oldest first. */
  readonly mails: readonly Mail[];
  /** Time passes: by so many minutes. */
  pass(minutes: number): void;
  now(): Date;
}

/** A helpdesk on that storage. Surveys of the workspaces are on, with a delay of an hour. */
export async function aHelpdesk<Tx>(
  storage: Store<Tx>,
  workspaceIds: readonly string[],
): Promise<Helpdesk<Tx>> {
  const mails: Mail[] = [];
  let nowMs = Date.UTC(2026, 0, 5, 9);
  const now = () => new Date(nowMs);
  const resolved = (ticketId: string): TicketSnapshot => ({
    ticketId,
    status: "resolved",
    subject: "Printer",
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ada", email: `${ticketId}@example.com`, locale: null },
    assignee: null,
  });
  const csat = createCsat<Tx>({
    storage,
    scheduler: {
      schedule: async () => {},
      cancel: async () => {},
      start: async () => ({ stop: async () => {} }),
    },
    mailer: {
      async send(mail) {
        mails.push(mail);
        return { kind: "accepted", messageId: null };
      },
    },
    tickets: {
      getTicket: async ({ ticketId }) => resolved(ticketId),
      getTickets: async (_workspaceId, ticketIds) => ticketIds.map(resolved),
    },
    clock: { now },
    publicUrl: "https://help.example.com/csat/",
    logger: silentLogger,
    webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
  });
  for (const workspaceId of workspaceIds)
    await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "1_hour" });
  return {
    csat,
    mails,
    now,
    pass: (minutes) => {
      nowMs += minutes * 60_000;
    },
  };
}

/** The token in a mail's links. */
export function tokenOf(mail: Mail | undefined): string {
  const token = mail?.text.match(/\/r\/([A-Za-z0-9_-]+)\?rating=1/)?.[1];
  if (token === undefined) throw new Error("There is no such mail, or it has no link.");
  return token;
}
