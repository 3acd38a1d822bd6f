import {
  createCsat,
  type Mail,
  type MailOutcome,
  type SendDelay,
  type Store,
  silentLogger,
} from "@csat/core";
import { expect } from "vitest";
import { tokenOf } from "../world/a-world.ts";
import { testClock, testScheduler } from "../world/outside.ts";
import { count, type Tally } from "./facts.ts";
import { forgetfulStorage } from "./forgetful-storage.ts";
import { aHistory, type LivingTicket, operatorNames, slicedBy } from "./history.ts";
import type { Life } from "./life.ts";
import { forGood, report } from "./mail-fates.ts";
import { type Random, randomFrom } from "./random.ts";

/** Nothing has happened yet; surveys are on in most workspaces. */
export async function aLife<Tx>({
  storage,
  seeds,
  startsAt,
  tally,
}: {
  readonly storage: Store<Tx>;
  readonly seeds: readonly number[];
  readonly startsAt: Date;
  readonly tally: Tally;
}): Promise<Life<Tx>> {
  const histories = seeds.map(aHistory);
  const tickets = histories.flatMap((history) => history.tickets);
  const byRef = new Map(tickets.map((ticket) => [`${ticket.workspaceId}/${ticket.ticketId}`, ticket]));
  const byAddress = new Map(tickets.map((ticket) => [ticket.address, ticket]));
  const clock = testClock();
  clock.move(startsAt.getTime() - clock.now().getTime());
  const csat = createCsat<Tx>({
    storage: forgetfulStorage(storage, (surveyId) =>
      tickets.some((ticket) => ticket.dies && ticket.surveyId === surveyId),
    ),
    scheduler: testScheduler(),
    // Processes die on purpose here.
    logger: silentLogger,
    mailer: { send: (mail) => mailed(mail) },
    tickets: {
      getTicket: async ({ workspaceId, ticketId }) =>
        byRef.get(`${workspaceId}/${ticketId}`)?.snapshot ?? null,
      getTickets: async (workspaceId, ids) =>
        ids.flatMap((id) => byRef.get(`${workspaceId}/${id}`)?.snapshot ?? []),
      getOperators: async (_workspaceId, ids) =>
        ids.flatMap((id) => {
          const name = operatorNames.get(id);
          return name === undefined ? [] : [{ id, name }];
        }),
    },
    publicUrl: "https://help.example.com/csat",
    // Leases run on real time, and nobody takes over here.
    leaseForMs: 3_600_000,
    attributes: Object.fromEntries(slicedBy.map((name) => [name, { slice: true }])),
    clock,
  });
  const life: Life<Tx> = {
    csat,
    storage,
    clock,
    random: randomFrom("life", ...seeds),
    histories,
    tally,
    nextMailTakesMs: 0,
  };
  async function mailed(mail: Mail): Promise<MailOutcome> {
    const ticket = byAddress.get(mail.to.address);
    if (ticket === undefined) throw new Error("A mail to nobody.");
    return receive(life, ticket, mail);
  }
  for (const workspaceId of histories.flatMap((history) => history.workspaceIds)) {
    const random = randomFrom("settings", workspaceId);
    const sendDelay = random.pick<SendDelay>(["immediately", "immediately", "1_hour", "24_hours", "3_days"]);
    await csat.updateSettings(workspaceId, { enabled: random.chance(0.85), sendDelay });
  }
  return life;
}

/** What becomes of one mail: drawn from the ticket and the attempt, for mails go out side by side. */
async function receive<Tx>(life: Life<Tx>, ticket: LivingTicket, mail: Mail): Promise<MailOutcome> {
  const { clock, tally } = life;
  ticket.mailing.push({ kind: "begun", at: clock.now(), values: ticket.snapshot?.attributes ?? {} });
  ticket.tokens.push(tokenOf(mail));
  ticket.surveyId = mail.messageIdLocalPart;
  const random = randomFrom("mail", ticket.workspaceId, ticket.ticketId, ticket.tokens.length);
  if (life.nextMailTakesMs > 0) count(tally, "mail that took its time");
  clock.move(life.nextMailTakesMs);
  life.nextMailTakesMs = 0;
  // S73: a server may say so before its yes has come.
  const comesBack = random.chance(0.04);
  if (comesBack) await report(life, ticket, random, forGood);
  if (random.chance(comesBack ? 0.3 : 0.06)) {
    count(
      tally,
      comesBack ? "answer after coming back, before it was accepted" : "answer before its mail was accepted",
    );
    await answer(life, ticket, random);
  }
  const fate = random.below(100);
  if (fate < 10) ticket.mailing.push({ kind: "took_nothing", at: clock.now() });
  if (fate < 5) return { kind: "refused", error: "550 no such user" };
  if (fate < 10)
    return { kind: "unavailable", error: "451 later", concerns: fate === 9 ? "route" : "recipient" };
  if (fate < 16) return { kind: "unknown", error: "the connection broke" };
  ticket.dies = fate < 24;
  if (ticket.dies) count(tally, "died before it was known that the mail was accepted");
  else ticket.mailing.push({ kind: "accepted", at: clock.now() });
  return { kind: "accepted", messageId: null };
}

/** The customer answers through one of the links, sometimes twice at once; an answer that is taken becomes a fact. */
export async function answer<Tx>(life: Life<Tx>, ticket: LivingTicket, random: Random): Promise<void> {
  const token = ticket.tokens[random.below(ticket.tokens.length)] ?? "";
  const times = random.chance(0.1) ? 2 : 1;
  const before = ticket.mailing.some(({ kind }) => kind === "answered");
  if (times === 2) count(life.tally, "two answers at once");
  const at = life.clock.now();
  const calls = Array.from({ length: times }, () =>
    life.csat.submitResponse({
      token,
      rating: random.pick([1, 2, 3, 4, 5]),
      comment: random.pick([null, "", " ", "=1+1", "Grüße 😀"]),
    }),
  );
  const taken = (await Promise.allSettled(calls)).flatMap((call) =>
    call.status === "fulfilled" ? call.value : [],
  );
  expect(taken).toHaveLength(before || ticket.erased ? 0 : 1);
  const [response] = taken;
  if (response === undefined)
    return count(life.tally, ticket.erased ? "answer after erasing" : "second answer");
  const { surveyId, rating, comment } = response;
  if (ticket.mailing.some(({ kind }) => kind === "came_back")) count(life.tally, "answer after coming back");
  ticket.mailing.push({ kind: "answered", at, surveyId, rating, comment });
  count(life.tally, "answer");
  if (ticket.snapshot?.status !== "resolved")
    count(life.tally, "answer after the ticket was left or deleted");
}
