import type { MailReport } from "@csat/core";
import { expect } from "vitest";
import { count } from "./facts.ts";
import type { LivingTicket } from "./history.ts";
import type { Life } from "./life.ts";
import { type Random, randomFrom } from "./random.ts";

/** What a mail server or a machine says of some mails later: before, during and after the answer, some of it twice. */
export async function reportSome<Tx>(life: Life<Tx>): Promise<void> {
  for (const ticket of life.histories.flatMap(({ tickets }) => tickets)) {
    const { workspaceId, ticketId, mailing } = ticket;
    const random = randomFrom("report", workspaceId, ticketId, mailing.length, life.clock.now().getTime());
    if (ticket.tokens.length > 0 && random.chance(ticket.erased ? 0.02 : 0.08))
      await report(life, ticket, random);
  }
}

/** A mail server says for good that it took none. */
export const forGood = { kind: "bounced", isPermanent: true, status: "5.1.1" } as const;
const fates = [
  forGood,
  forGood,
  forGood,
  { kind: "complained" },
  { kind: "bounced", isPermanent: false, status: "4.2.2" },
  { kind: "auto_reply" },
] as const;

/** Tells what became of the last mail of a ticket; a mail that came back for good becomes a fact. */
export async function report<Tx>(
  life: Life<Tx>,
  ticket: LivingTicket,
  random: Random,
  fate: (typeof fates)[number] = random.pick(fates),
): Promise<void> {
  const { csat, clock, tally } = life;
  const { mailing, surveyId } = ticket;
  const mayHaveArrived = mayArrive(ticket);
  const isKnown = mailing.some(({ kind }) => kind === "came_back");
  const told: MailReport = { ...fate, messageId: null, surveyId, recipient: null };
  const times = random.chance(0.2) ? 2 : 1;
  const kinds = await Promise.all(
    Array.from({ length: times }, async () => (await csat.mailReported(told)).kind),
  );
  if (ticket.erased || !mayHaveArrived) {
    expect(new Set(kinds)).toEqual(new Set(["unknown"]));
    return count(tally, ticket.erased ? "mail reported after erasing" : "mail reported that nobody took");
  }
  if (times === 2) count(tally, "mail reported twice at once");
  if (fate.kind === "complained") return count(tally, "complained");
  if (fate !== forGood) return count(tally, "mail reported late or answered by a machine");
  expect(
    kinds.filter((kind) => kind !== "repeated"),
    JSON.stringify(mailing.map(({ kind }) => kind)),
  ).toEqual(isKnown ? [] : ["bounced"]);
  if (isKnown) return count(tally, "came back again");
  const isAnswered = mailing.some(({ kind }) => kind === "answered");
  const isSent = mailing.some(({ kind }) => kind === "accepted");
  count(
    tally,
    isAnswered ? "came back after its answer" : isSent ? "came back" : "came back before it was accepted",
  );
  mailing.push({ kind: "came_back", at: clock.now() });
}

/** Whether any of its mails may have reached somebody. */
function mayArrive({ mailing }: LivingTicket): boolean {
  let [arrived, before] = [false, false];
  for (const { kind } of mailing) {
    // With an answer the send is over, whatever its server says afterwards.
    if (kind === "answered") return arrived;
    if (kind === "begun") [before, arrived] = [arrived, true];
    if (kind === "took_nothing") arrived = before;
  }
  return arrived;
}
