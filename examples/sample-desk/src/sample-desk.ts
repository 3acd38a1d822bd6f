import { type Clock, type Csat, createCsat, type Mail, type Rating } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";

/** A desk for the examples that show views: nothing but memory, and thirty days behind it. */
export interface SampleDesk {
  readonly csat: Csat;
  /** The company whose history it is. */
  readonly workspaceId: string;
  /** Ids of tickets by the state of their survey. */
  readonly tickets: Readonly<Record<"answered" | "awaiting" | "scheduled", string>>;
  /** Stops the worker. */
  close(): Promise<void>;
}

const workspaceId = "acme";
const dayMs = 24 * 60 * 60 * 1000;
const days = 30;
const operators = [
  { id: "bob", name: "Bob Hale" },
  { id: "carol", name: "Carol Reyes" },
  { id: "dan", name: "Dan Weiss" },
];
const subjects = ["Order has not arrived", "Cannot log in", "Charged twice", "How do I add a user?"];
const ratings: readonly Rating[] = [5, 4, 5, 3, 5, 4, 1, 5, 2, 4, 5];
const comments: Readonly<Record<Rating, string>> = {
  1: "Still broken.",
  2: "It took far too long.",
  3: "It was okay.",
  4: "Friendly and clear.",
  5: "Solved within minutes.",
};

/** Lives thirty days through the library's own calls: tickets are resolved, mails sent, two of three answered. */
export async function sampleDesk({ publicUrl }: { readonly publicUrl: string }): Promise<SampleDesk> {
  let behindMs = days * dayMs;
  const clock: Clock = { now: () => new Date(Date.now() - behindMs) };
  const [mailer, tickets] = [memoryMailer(), memoryTickets()];
  const csat = createCsat({
    storage: memoryStorage({ clock }),
    scheduler: inProcessScheduler(),
    mailer,
    tickets,
    publicUrl,
    clock,
  });
  for (const operator of operators) tickets.putOperator(workspaceId, operator);
  await csat.updateSettings(workspaceId, { enabled: true });

  let made = 0;
  const resolve = async () => {
    const ticketId = `T-${++made}`;
    const operator = turn(operators, made);
    tickets.put(workspaceId, {
      ticketId,
      status: "resolved",
      subject: turn(subjects, made),
      url: `/#${ticketId}`,
      workspaceName: "Acme",
      customer: { name: "Ann", email: `ann.${made}@customer.example`, locale: "en" },
      assignee: operator,
    });
    await csat.ticketResolved({ workspaceId, ticketId, actorId: operator.id, resolvedAt: clock.now() });
    return ticketId;
  };
  // Which tickets are answered does not hang on the order in which mails leave: customers bear their ticket's number.
  const answer = async ({ to, text }: Mail) => {
    const number = Number(/\d+/.exec(to.address)?.[0]);
    if (number % 3 === 0) return;
    // Every mail holds five links; their token is the survey's.
    const token = /\/r\/([^?]+)\?/.exec(text)?.[1] ?? "";
    const rating = turn(ratings, number);
    await csat.submitResponse({ token, rating, comment: number % 2 === 0 ? comments[rating] : null });
  };

  for (let day = 0; day < days; day++) {
    for (let ticket = 0; ticket < 3 + (day % 3); ticket++) await resolve();
    behindMs -= dayMs;
    const before = mailer.sent.length;
    await csat.runDue();
    for (const mail of mailer.sent.slice(before)) await answer(mail);
  }
  const worker = await csat.startWorker();
  return {
    csat,
    workspaceId,
    tickets: { answered: "T-1", awaiting: "T-3", scheduled: await resolve() },
    close: () => worker.stop(),
  };
}

/** The list's entry whose turn it is. */
function turn<Entry>(list: readonly Entry[], number: number): Entry {
  // The lists above are not empty, so the remainder is a place in them.
  return list[number % list.length] as Entry;
}
