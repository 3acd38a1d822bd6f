import { aHelpdesk, type HelpdeskClient, linkOf } from "../../../examples/helpdesk/src/tests/a-helpdesk.ts";

type SurveyAt = "open" | "scheduled" | "leftOut" | "awaiting" | "answered" | "failed";

/** A demo whose tickets are in every state, with some history behind it. */
export interface Scene {
  readonly demo: HelpdeskClient;
  /** Ids of tickets by the state of their survey. */
  readonly tickets: Readonly<Record<SurveyAt, string>>;
  /** Links of mails, with the rating 4: of an answered survey, and of two open ones, one of them to be answered. */
  readonly links: Readonly<Record<"open" | "toAnswer" | "answered", string>>;
  /** Of the customer of the open survey, for opting out. */
  readonly optOut: string;
}

/** A demo as a newcomer finds it, on the Postgres server of the tests unless told otherwise. */
export async function anEmptyDemo(config: Parameters<typeof aHelpdesk>[0] = {}) {
  return await aHelpdesk(config);
}

/** Fills a demo with so many tickets of the last days; the same number makes the same history. */
export async function fillScene(
  demo: HelpdeskClient,
  history: { readonly tickets: number; readonly days: number },
): Promise<Scene> {
  const { json: seeded } = await demo.call("/api/seed", { body: { ...history, seed: 7 } });
  const failed = await firstFailed(demo, {
    from: numberOf(`${seeded.firstTicketId}`),
    to: numberOf(`${seeded.lastTicketId}`),
  });
  const answered = await demo.ticket({ subject: "The coffee machine leaks", name: "Ines Moreau" });
  const awaiting = await demo.ticket({ subject: "Two invoices for one order", name: "Tom Baker" });
  const toAnswer = await demo.ticket({ subject: "The lift stops between floors", name: "Kwame Mensah" });
  for (const { id } of [answered, awaiting, toAnswer]) await demo.resolve(id, "carol");
  await demo.advance({ hours: 25 });
  const scheduled = await demo.ticket({ subject: "The app asks for my password twice", name: "Yuki Tanaka" });
  await demo.resolve(scheduled.id, "bob");
  const leftOut = await demo.ticket({ subject: "Cancel everything, at once", name: "Lena Vogt" });
  await demo.resolve(leftOut.id, "bob");
  await demo.call(`/csat/api/tickets/${leftOut.id}/leave-out`, { method: "POST", user: "carol" });
  const open = await demo.ticket({ subject: "Where can I change my plan?", name: "Sofia Rossi" });
  const links = {
    open: await linkTo(demo, awaiting),
    toAnswer: await linkTo(demo, toAnswer),
    answered: await linkTo(demo, answered),
  };
  const comment = "Quick and friendly. The new seal holds, and nobody had to wait for coffee.";
  await demo.call(links.answered, { body: { rating: 5, comment } });
  for (const [id, reason] of [
    ["4711", "by_hand"],
    ["4712", "opted_out"],
    ["4712", "complained"],
  ])
    await demo.call("/csat/api/customers/suppress", { body: { id, reason } });
  return {
    demo,
    tickets: {
      open: open.id,
      scheduled: scheduled.id,
      leftOut: leftOut.id,
      awaiting: awaiting.id,
      answered: answered.id,
      failed,
    },
    links,
    optOut: await optOutOf(demo, awaiting.email),
  };
}

/** The link for opting out in the last mail to an address. */
export async function optOutOf(demo: HelpdeskClient, address: string): Promise<string> {
  const [mail] = await demo.mailsTo(address);
  const link = /http\S+\/o\/\S+/.exec(mail?.text ?? "")?.[0];
  if (link === undefined) throw new Error("The mail has no link for opting out.");
  return link;
}

async function linkTo(demo: HelpdeskClient, { email }: { readonly email: string }): Promise<string> {
  return linkOf((await demo.mailsTo(email))[0], 4);
}

// The history holds mails that a mail server refused.
async function firstFailed(demo: HelpdeskClient, range: { readonly from: number; readonly to: number }) {
  for (let number = range.from; number <= range.to; number++) {
    const { state } = await demo.panel(`T-${number}`);
    if (String(state) === "failed") return `T-${number}`;
  }
  throw new Error("The seeded history holds no survey that failed.");
}

function numberOf(ticketId: string): number {
  return Number(ticketId.slice("T-".length));
}
