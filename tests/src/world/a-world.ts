import {
  type Csat,
  type CsatOptions,
  createCsat,
  type JournalEntry,
  type LeaveOutcome,
  type LeaveReason,
  type Mail,
  type Rating,
  type ResolveOutcome,
  type Store,
  silentLogger,
  type TicketSnapshot,
  type WorkspaceSettings,
} from "@csat/core";
import {
  type TestClock,
  type TestMailer,
  type TestScheduler,
  type TestTickets,
  testClock,
  testMailer,
  testScheduler,
  testTickets,
} from "./outside.ts";
import { type StoredSurvey, storedSurvey } from "./stored-survey.ts";

/** A helpdesk with the library in it, small enough to write a test in. Times are those of its clock. */
export interface World<Tx> {
  readonly csat: Csat<Tx>;
  readonly storage: Store<Tx>;
  readonly clock: TestClock;
  readonly mailer: TestMailer;
  readonly tickets: TestTickets;
  readonly scheduler: TestScheduler;
  /** Another process on the same storage: same ports, own breakers. */
  anotherProcess(change?: Changed<CsatOptions<Tx>>): Csat<Tx>;
  /** Puts a ticket into the helpdesk, open. */
  ticket(ticketId: string, change?: Partial<TicketSnapshot>): void;
  /** A person resolves a ticket now. The ticket is created when it is new. */
  resolve(ticketId: string, actorId?: string | null): Promise<ResolveOutcome>;
  reopen(ticketId: string): Promise<LeaveOutcome>;
  leave(ticketId: string, reason: LeaveReason): Promise<LeaveOutcome>;
  /** Time passes, then everything due is done. */
  pass(duration: { readonly hours?: number; readonly minutes?: number; readonly ms?: number }): Promise<void>;
  /** The ticket's survey as it is stored; null when there is none. */
  survey(ticketId: string): Promise<StoredSurvey | null>;
  /** Answers through the mail's link. */
  answer(mail: Mail | undefined, rating: Rating, comment?: string): Promise<unknown>;
  /** `event` or `event:reason`, oldest first. */
  story(ticketId: string): Promise<readonly string[]>;
}

/** Options to replace; undefined leaves one out. */
type Changed<Options> = { readonly [Name in keyof Options]?: Options[Name] | undefined };

/** The workspace of every world. */
export const workspaceId = "acme";

/** Surveys are on with a delay of an hour, unless `settings` say otherwise. */
export async function aWorld<Tx>({
  storage,
  settings = {},
  options = {},
}: {
  readonly storage: Store<Tx>;
  readonly settings?: Partial<WorkspaceSettings>;
  readonly options?: Changed<CsatOptions<Tx>>;
}): Promise<World<Tx>> {
  const clock = testClock();
  const mailer = testMailer();
  const tickets = testTickets();
  const scheduler = testScheduler();
  const anotherProcess = (change: Changed<CsatOptions<Tx>> = {}) => {
    const all = {
      storage,
      scheduler,
      mailer,
      tickets,
      clock,
      publicUrl: "https://help.example.com/csat/",
      // What goes wrong in a test goes wrong on purpose.
      logger: silentLogger,
      webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
      ...options,
      ...change,
    };
    const { webhooks, ...rest } = all;
    // Only `webhooks` is ever unset here, and an unset option is left out.
    return createCsat<Tx>({ ...rest, ...(webhooks === undefined ? {} : { webhooks }) } as CsatOptions<Tx>);
  };
  const csat = anotherProcess();
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "1_hour", ...settings });

  function ticket(ticketId: string, change: Partial<TicketSnapshot> = {}): void {
    tickets.all.set(ticketId, { ...(tickets.all.get(ticketId) ?? plainTicket(ticketId)), ...change });
  }
  async function leave(ticketId: string, reason: LeaveReason): Promise<LeaveOutcome> {
    ticket(ticketId, { status: reason === "reopened" ? "open" : "closed" });
    return csat.ticketLeft({ workspaceId, ticketId, at: clock.now(), reason });
  }
  return {
    csat,
    storage,
    clock,
    mailer,
    tickets,
    scheduler,
    anotherProcess,
    ticket,
    leave,
    resolve: async (ticketId, actorId = "olivia") => {
      ticket(ticketId, { status: "resolved" });
      return csat.ticketResolved({ workspaceId, ticketId, actorId, resolvedAt: clock.now() });
    },
    reopen: (ticketId) => leave(ticketId, "reopened"),
    pass: async ({ hours = 0, minutes = 0, ms = 0 }) => {
      clock.move((hours * 60 + minutes) * 60_000 + ms);
      await csat.runDue();
    },
    survey: async (ticketId) => {
      const [head] = await storage.auto.read([{ kind: "ticket", workspaceId, id: ticketId }]);
      return storedSurvey(head?.state ?? null);
    },
    answer: (mail, rating, comment) =>
      csat.submitResponse({ token: tokenOf(mail), rating, comment: comment ?? null }),
    story: async (ticketId) => (await csat.explain({ workspaceId, ticketId })).map(inShort),
  };
}

/** The token in a mail's links. */
export function tokenOf(mail: Mail | undefined): string {
  const token = mail?.text.match(/\/r\/([A-Za-z0-9_-]+)\?rating=1/)?.[1];
  if (token === undefined) throw new Error("There is no such mail, or it has no link.");
  return token;
}

/** The token in a mail's link to opt out. */
export function optOutTokenOf(mail: Mail | undefined): string {
  const token = mail?.text.match(/\/o\/([A-Za-z0-9_-]+)/)?.[1];
  if (token === undefined) throw new Error("There is no such mail, or nobody can opt out of it.");
  return token;
}

function plainTicket(ticketId: string): TicketSnapshot {
  return {
    ticketId,
    status: "open",
    subject: `Subject of ${ticketId}`,
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ada", email: "ada@example.com", locale: null },
    assignee: { id: "bob", name: "Bob" },
  };
}

function inShort({ event, reason }: JournalEntry): string {
  return reason === null ? event : `${event}:${reason}`;
}
