import { journalWords, type MailOutcome, type TicketSnapshot } from "@csat/core";
import { byChannel } from "@csat/core/channels";
import type { DrizzleTx } from "@csat/postgres";
import { describe, expect, test } from "vitest";
import { aWorld, tokenOf, type World, workspaceId } from "../world/a-world.ts";
import { type MakeWorld, onEveryStorage } from "../world/on-storages.ts";
import { type TestMailer, testMailer } from "../world/outside.ts";
import { inMemory } from "../world/storages.ts";

const customer = { name: "Ada", email: "ada@example.com", locale: null };
const chatting: Partial<TicketSnapshot> = {
  customer: { ...customer, email: null, channel: "chat", address: "+49 151 2345678" },
};
const outage: MailOutcome = { kind: "unavailable", error: "ECONNREFUSED", concerns: "route" };

onEveryStorage("surveys by channel", (make) => {
  async function aDesk() {
    const [email, chat] = [testMailer(), testMailer()];
    const world = await make({ options: { mailer: byChannel({ email, chat }) } });
    return { world, email, chat };
  }

  test("a ticket goes out in the channel that its customer names, and by mail when none is named", async () => {
    // S80
    const { world, email, chat } = await aDesk();
    world.ticket("T1", chatting);
    for (const ticketId of ["T1", "T2"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    expect(email.tried.map(({ to, channel }) => [to.address, channel])).toEqual([
      ["ada@example.com", "email"],
    ]);
    expect(chat.tried.map(({ to, channel }) => [to.address, channel])).toEqual([["+49 151 2345678", "chat"]]);
    const [message] = chat.accepted;
    for (const rating of [1, 2, 3, 4, 5] as const) {
      expect(message?.links[rating]).toBe(
        `https://help.example.com/csat/r/${tokenOf(message)}?rating=${rating}`,
      );
      expect(message?.text).toContain(message?.links[rating]);
    }
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent:chat"]);
    expect(await world.story("T2")).toEqual(["resolved", "scheduled", "sent"]);
    const sentAt = world.clock.now();
    const panel = (ticketId: string) => world.csat.getTicketPanel({ workspaceId, ticketId });
    expect(await panel("T1")).toEqual({ state: "awaiting", sentAt, channel: "chat" });
    expect(await panel("T2")).toEqual({ state: "awaiting", sentAt });
    await world.answer(message, 4);
    expect(await panel("T1")).toMatchObject({ state: "answered", channel: "chat", response: { rating: 4 } });
    // Figures count them together: two sent, one answered.
    const { current } = await world.csat.getMetrics(workspaceId);
    expect([current.sent, current.responses]).toEqual([2, 1]);
  });

  test("figures tell each channel's sends and answers, at once and after housekeeping; an erased ticket leaves all of them", async () => {
    // S56, S80, S82
    const { world, email, chat } = await aDesk();
    const byChannel = async () => (await world.csat.getMetrics(workspaceId)).byChannel;
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await byChannel()).toEqual([]);
    world.ticket("T2", chatting);
    world.ticket("T3", chatting);
    for (const ticketId of ["T2", "T3"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    await world.answer(email.accepted[0], 5);
    await world.answer(chat.accepted[0], 2);
    for (const [ticketId, rating] of [
      ["T3", 4],
      ["T9", 3],
    ] as const) {
      const ref = { workspaceId, ticketId };
      await world.csat.recordAnswer({ ref, rating, channel: "phone", actorId: "bob" });
    }
    const expected = [
      // One more answer than questions: one was asked by chat.
      { channel: "phone", sent: 1, responses: 2, averageRating: 3.5 },
      { channel: "chat", sent: 2, responses: 1, averageRating: 2 },
      { channel: "email", sent: 1, responses: 1, averageRating: 5 },
    ];
    expect(await byChannel()).toEqual(expected);
    await world.csat.runDue();
    expect(await byChannel()).toEqual(expected);
    await world.csat.eraseTickets(["T2", "T3", "T9"].map((ticketId) => ({ workspaceId, ticketId })));
    expect(await byChannel()).toEqual([]);
  });

  test("a survey that went out by chat and was answered on the phone names both", async () => {
    // S80, S82
    const { world } = await aDesk();
    world.ticket("T1", chatting);
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const ref = { workspaceId, ticketId: "T1" };
    await world.csat.recordAnswer({ ref, rating: 4, channel: "phone", actorId: "bob" });
    // The panel says how it was answered; its history, and explain, how it was asked as well.
    expect(await world.csat.getTicketPanel(ref)).toMatchObject({ state: "answered", channel: "phone" });
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent:chat", "answered:phone"]);
    const words = (await world.csat.explain(ref)).map((entry) => journalWords(entry)).slice(2);
    expect(words).toEqual([
      { what: "Survey sent", why: "by chat" },
      { what: "Customer answered", why: "by phone" },
    ]);
  });

  test.each([
    ["no_channel", { channel: "fax", address: "+49 30 1" }],
    ["no_customer_address", { channel: "chat" }],
    ["no_customer_address", { channel: "chat", address: " \u200b" }],
    ["no_customer_email", { channel: "email", email: null }],
    ["no_customer_email", { email: null, address: "+49 151 2345678" }],
  ])("a ticket that cannot go out is skipped, %s, and its survey is unused: %o", async (reason, change) => {
    // S14, S80
    const { world, email, chat } = await aDesk();
    world.ticket("T1", { customer: { ...customer, ...change } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason, mayHaveReached: false });
    expect([email.tried, chat.tried]).toEqual([[], []]);
    expect((await world.story("T1")).at(-1)).toBe(`skipped:${reason}`);
  });

  test.each([
    ["a blank channel", { channel: " " }],
    [
      "an address that only stands in `address`",
      { email: null, channel: "email", address: "ada@example.com" },
    ],
  ])("%s means mail", async (_name, change) => {
    // S80
    const { world, email } = await aDesk();
    world.ticket("T1", { customer: { ...customer, ...change } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(email.accepted.map(({ to }) => to.address)).toEqual(["ada@example.com"]);
  });

  test("a mailer that names no channels serves mail alone", async () => {
    // S80
    const world = await make();
    world.ticket("T1", chatting);
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason: "no_channel" });
  });

  test("a channel that is down stops no other of its workspace, and burns no attempt", async () => {
    // S12, S80
    const { world, email, chat } = await aDesk();
    chat.answer = () => outage;
    for (const ticketId of ["T1", "T2", "T3"]) world.ticket(ticketId, chatting);
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(chat.tried).toHaveLength(1);
    // Resolved while the breaker is open: the mail goes, the chats are put off without a try.
    for (const ticketId of ["T2", "T3", "T4"]) await world.csat.ticketResolved(early(world, ticketId));
    await world.csat.runDue();
    expect(email.accepted).toHaveLength(1);
    expect(chat.tried).toHaveLength(1);
    expect(await world.story("T2")).toEqual(["resolved", "scheduled", "mail_failed:channel_down"]);
    chat.answer = () => ({ kind: "accepted", messageId: null });
    await world.pass({ minutes: 2 });
    expect(chat.accepted).toHaveLength(3);
    for (const ticketId of ["T1", "T2", "T3"])
      expect(await world.survey(ticketId)).toMatchObject({ status: "sent", attempts: 1 });
  });

  test("while every channel of a workspace is down its tickets are not asked for", async () => {
    // S12, S80
    const { world, email, chat } = await aDesk();
    for (const mailer of [email, chat]) mailer.answer = () => outage;
    world.ticket("T1", chatting);
    for (const ticketId of ["T1", "T2"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    await world.csat.ticketResolved(early(world, "T3"));
    // The host would say so if it were asked.
    world.tickets.failure = new Error("asked");
    await world.csat.runDue();
    expect(await world.story("T3")).toEqual(["resolved", "scheduled"]);
  });
});

/** A ticket that was resolved a day ago: its survey is due now. */
function early(world: Pick<World<never>, "clock" | "ticket">, ticketId: string) {
  world.ticket(ticketId, { status: "resolved" });
  const resolvedAt = new Date(world.clock.now().getTime() - 86_400_000);
  return { workspaceId, ticketId, actorId: "olivia", resolvedAt };
}

/** What a service may do, whichever channel it serves. */
const behaviours: readonly (readonly [name: string, answer: TestMailer["answer"]])[] = [
  ["takes it", () => ({ kind: "accepted", messageId: "<1@chat>" })],
  ["is out of reach", () => outage],
  ["takes it later", () => ({ kind: "unavailable", error: "429", concerns: "recipient" })],
  ["refuses the receiver", () => ({ kind: "refused", error: "404" })],
  ["does not say", () => ({ kind: "unknown", error: "reset" })],
  ["answers nothing", () => undefined as unknown as MailOutcome],
  ["answers out of shape", () => ({ kind: "delivered" }) as unknown as MailOutcome],
  [
    "throws",
    () => {
      throw new Error("boom");
    },
  ],
  ["hangs", () => new Promise(() => {})],
  [
    "is slow, and notices the end of its time",
    (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () =>
          resolve({ kind: "unavailable", error: "aborted", concerns: "recipient" }),
        );
      }),
  ],
];

// What it does is the core's matter: no storage tells one service from another.
describe("a channel's service", () => {
  const make: MakeWorld = async (change = {}) => aWorld<DrizzleTx>({ storage: inMemory(), ...change });
  test.each(behaviours)("that %s does to a survey what a mail server does", async (_name, answer) => {
    // S10, S11, S12, S80
    const told: unknown[] = [];
    for (const channel of ["email", "chat"] as const) {
      const mailers = { email: testMailer(), chat: testMailer() };
      mailers[channel].answer = answer;
      const world = await make({ options: { mailer: byChannel(mailers), leaseForMs: 400 } });
      world.ticket("T1", { customer: { ...customer, channel, address: "ada@example.com" } });
      await world.resolve("T1");
      for (const hours of [1, 1, 1, 3, 7]) await world.pass({ hours });
      const survey = await world.survey("T1");
      const story = await world.story("T1");
      const panel = await world.csat.getTicketPanel({ workspaceId, ticketId: "T1" });
      const { tried: tries } = mailers[channel];
      expect(new Set(tries.map(({ messageIdLocalPart }) => messageIdLocalPart)).size).toBe(1);
      told.push({
        survey: { ...survey, id: null },
        story: story.map((line) => line.replace("sent:chat", "sent")),
        panel: { ...panel, channel: null },
        tries: tries.length,
      });
    }
    expect(told[1]).toEqual(told[0]);
  });
});
