import { type SmtpMoment, type SmtpReaction, startSmtpServer } from "@csat/conformance";
import { nodemailerMailer } from "@csat/nodemailer";
import { sized } from "@csat-internal/test-support";
import { createTransport } from "nodemailer";
import { afterEach, expect, test } from "vitest";
import { aWorld, type World } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";
import { replies as all } from "./replies.ts";

// Each is judged by a table of its own, too, in the core's tests.
const replies = all.filter((_, place) => place % sized({ usual: 4, full: 1 }) === 0);

const customers = Array.from({ length: 20 }, (_, place) => `c${place}`);
const addressOf = (customer: string) => `${customer}@customer.example`;
const one = "c7";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Twenty customers, each with a survey that is due, and a mail server that says something to some of them. */
async function twentyCustomers(at: SmtpMoment, says: (customer: string) => SmtpReaction | undefined) {
  const server = await startSmtpServer({ [at]: (recipient: string) => says(recipient.split("@")[0] ?? "") });
  const transport = createTransport({
    url: server.url,
    pool: true,
    maxConnections: 10,
    maxMessages: Infinity,
  });
  ends.push(async () => {
    transport.close();
    await server.close();
  });
  const mailer = nodemailerMailer({ transport, from: "csat@help.example" });
  const world = await aWorld<never>({ storage: inMemory(), options: { mailer } });
  for (const customer of customers) {
    world.ticket(customer, { customer: { name: null, email: addressOf(customer), locale: null } });
    await world.resolve(customer);
  }
  await world.pass({ hours: 1 });
  const named = (customer: string) =>
    server.commands.filter((command) => command.startsWith(`RCPT TO:<${addressOf(customer)}>`)).length;
  return { world, server, named };
}

/** What became of each customer's survey, each answer once. */
async function fates(world: World<never>, which = customers): Promise<readonly string[]> {
  const surveys = await Promise.all(which.map((customer) => world.survey(customer)));
  return [...new Set(surveys.map((survey) => `${survey?.status} after ${survey?.attempts}`))].toSorted();
}

/** Minute by minute for an hour, then hour by hour up to a week. */
async function passAWeek(world: World<never>): Promise<void> {
  for (let minute = 0; minute < 60; minute++) await world.pass({ minutes: 1 });
  for (let hour = 1; hour < 7 * 24; hour++) await world.pass({ hours: 1 });
}

const toEverybody = replies.filter(([blamed]) => blamed === "sender" || blamed === "undecided");

test.each(toEverybody)(
  "said to twenty customers for half an hour, %s: one attempt in all is burned at most, and all get their mail: %s %s",
  async (blamed, at, line) => {
    // S12
    let isDown = true;
    const { world, server, named } = await twentyCustomers(at, () => (isDown ? line : undefined));
    for (let minute = 0; minute < 30; minute++) await world.pass({ minutes: 1 });
    // The first of what nobody knows is a suspect.
    const suspects = blamed === "undecided" ? 1 : 0;
    const attempts = await Promise.all(
      customers.map(async (customer) => (await world.survey(customer))?.attempts),
    );
    expect(attempts.filter((count) => count !== 0)).toEqual(Array(suspects).fill(1));
    expect(await world.csat.health()).toMatchObject({ failedSurveys: 0 });
    // After 0, 1, 2, 3, 4.5, 6.75, 10.1, 15.2 and 22.8 minutes, and later for the breaker.
    expect(Math.max(...customers.map(named))).toBeLessThanOrEqual(9);
    isDown = false;
    for (let minute = 0; minute < 30; minute++) await world.pass({ minutes: 1 });
    expect(await fates(world)).toEqual(["sent after 1", "sent after 2"].slice(0, 1 + suspects));
    const arrived = server.contents.map((content) => /^To: (\S+)$/im.exec(content)?.[1]);
    if (at !== "end") expect(sorted(arrived)).toEqual(sorted(customers.map(addressOf)));
  },
);

test.each(replies.filter(([blamed]) => blamed === "for_good"))(
  "said to each of twenty customers, %s: their surveys fail at once, each named once: %s %s",
  async (_blamed, at, line) => {
    // S12
    const { world, named } = await twentyCustomers(at, () => line);
    await world.pass({ hours: 24 });
    expect(await fates(world)).toEqual(["failed after 1"]);
    expect(await world.survey(one)).toMatchObject({ reason: "refused", mayHaveReached: false });
    expect(customers.map(named)).toEqual(customers.map(() => 1));
  },
);

test.each(replies.filter(([blamed]) => blamed === "for_now"))(
  "said to each of twenty customers, %s: each is tried six times, and all are tried before any second time: %s %s",
  async (_blamed, at, line) => {
    // S12
    const { world, named } = await twentyCustomers(at, () => line);
    expect(customers.map(named)).toEqual(customers.map(() => 1));
    await passAWeek(world);
    expect(await fates(world)).toEqual(["failed after 6"]);
    expect(await world.survey(one)).toMatchObject({ reason: "attempts_used_up", mayHaveReached: false });
  },
);

// Before RCPT TO a server speaks to everybody.
test.each(replies.filter(([, at]) => at !== "MAIL"))(
  "said to one of twenty for a week, %s: the others get their mail within seconds, and that one is named 30 times at most: %s %s",
  async (_blamed, at, line) => {
    // S12
    const { world, named } = await twentyCustomers(at, (customer) => (customer === one ? line : undefined));
    // A reply that blames the sender pauses everybody's mail for a second, then two, four …
    for (const ms of [1_000, 2_000, 4_000, 8_000]) await world.pass({ ms });
    const others = customers.filter((customer) => customer !== one);
    expect(await fates(world, others)).toEqual(["sent after 1"]);
    await passAWeek(world);
    expect(named(one)).toBeGreaterThanOrEqual(1);
    expect(named(one)).toBeLessThanOrEqual(30);
  },
);

const sorted = (texts: readonly (string | undefined)[]) =>
  texts.toSorted((one, other) => String(one).localeCompare(String(other)));
