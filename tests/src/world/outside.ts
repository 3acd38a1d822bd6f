import type {
  Clock,
  Job,
  Mail,
  Mailer,
  MailOutcome,
  RunningScheduler,
  Scheduler,
  TicketSnapshot,
  TicketSource,
  WakeUp,
} from "@csat/core";

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  move(ms: number): void;
}

/** Starts at noon of 2 March 2026, UTC. */
export function testClock(): TestClock {
  let nowMs = Date.UTC(2026, 2, 2, 12);
  return {
    now: () => new Date(nowMs),
    move: (ms) => {
      nowMs += ms;
    },
  };
}

/** A mail server's side: keeps what it was handed, and answers as told. */
export interface TestMailer extends Mailer {
  /** Mails that were accepted. */
  readonly accepted: Mail[];
  /** Every mail that was handed over. */
  readonly tried: Mail[];
  /** What it answers from now on. */
  answer: (mail: Mail, signal: AbortSignal) => Promise<MailOutcome> | MailOutcome;
}

/** Accepts everything until told otherwise. */
export function testMailer(): TestMailer {
  const mailer: TestMailer = {
    accepted: [],
    tried: [],
    answer: (mail) => ({ kind: "accepted", messageId: `<${mail.messageIdLocalPart}@test.example>` }),
    send: async (mail, signal) => {
      mailer.tried.push(mail);
      const outcome = await mailer.answer(mail, signal);
      if (outcome.kind === "accepted") mailer.accepted.push(mail);
      return outcome;
    },
  };
  return mailer;
}

/** The helpdesk's tickets, as the library may read them. */
export interface TestTickets extends TicketSource {
  /** By ticket id; the same for every workspace unless `workspace/ticket` is set. */
  readonly all: Map<string, TicketSnapshot>;
  /** Set, it is thrown at whoever reads. */
  failure: Error | null;
}

/** No tickets at first. */
export function testTickets(): TestTickets {
  const source: TestTickets = {
    all: new Map(),
    failure: null,
    getTicket: async ({ workspaceId, ticketId }) => {
      if (source.failure !== null) throw source.failure;
      return source.all.get(`${workspaceId}/${ticketId}`) ?? source.all.get(ticketId) ?? null;
    },
    getTickets: async (workspaceId, ticketIds) =>
      ticketIds.flatMap((id) => source.all.get(`${workspaceId}/${id}`) ?? source.all.get(id) ?? []),
  };
  return source;
}

/** A scheduler that only remembers, and fails when told. */
export interface TestScheduler extends Scheduler {
  readonly scheduled: WakeUp[];
  readonly canceled: Job[];
  failure: Error | null;
}

/** Wakes nobody: what happens without it is what the sweep does. */
export function testScheduler(): TestScheduler {
  const scheduler: TestScheduler = {
    scheduled: [],
    canceled: [],
    failure: null,
    schedule: async (wakeUps) => {
      if (scheduler.failure !== null) throw scheduler.failure;
      scheduler.scheduled.push(...wakeUps);
    },
    cancel: async (jobs) => {
      if (scheduler.failure !== null) throw scheduler.failure;
      scheduler.canceled.push(...jobs);
    },
    start: async (): Promise<RunningScheduler> => ({ stop: async () => {} }),
  };
  return scheduler;
}
