import type { AskRule, Mail, MailOutcome, SendDelay, Store, TicketSnapshot } from "@csat/core";
import { onlyWhen, sendWindow } from "@csat/core/rules";
import { type Random, randomFrom } from "../analytics/random.ts";
import { aWorld, type World, workspaceId } from "../world/a-world.ts";
import { storedSurvey } from "../world/stored-survey.ts";

/** A history that was lived with one worker, which sent at the wake times. */
export interface Lived {
  readonly world: World<never>;
  readonly ticketIds: readonly string[];
  readonly range: { readonly from: string; readonly to: string };
  /** Who was asked in the range, once for each mail that was accepted, or message with links. */
  readonly asked: readonly string[];
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Lives weeks of a helpdesk with settings and rules that stand throughout: the same for the same seed. */
export async function randomLife(seed: number, storage: Store<never>): Promise<Lived> {
  const random = randomFrom("dry run", seed);
  const world = await aWorld<never>({
    storage,
    settings: {
      enabled: random.chance(0.95),
      sendDelay: random.pick<SendDelay>(["immediately", "1_hour", "24_hours", "3_days"]),
      cooldownDays: random.pick([0, 1, 4, 30]),
      answerCooldownDays: random.pick([0, 0, 2, 9]),
      samplePercent: random.pick([100, 100, 60, 15]),
    },
    options: {
      rules: randomRules(random),
      maxLatenessMs: random.pick([7 * dayMs, 7 * dayMs, 2 * dayMs]),
      neverAsk: random.pick([{}, {}, { roleAddresses: false }, { oneself: false }]),
    },
  });
  const life: Life = {
    random,
    world,
    people: randomPeople(random),
    tickets: new Map(),
    asked: [],
    earliest: new Date(0),
    before: new Set(),
    reached: [],
  };
  world.mailer.answer = (mail) => mailOutcome(life, mail);
  await liveFor(life, 12 + random.below(25));
  const isWhole = random.chance(0.5);
  // Some resolutions are told of days late.
  let from = "2026-02-10";
  if (!isWhole) {
    // What waits ends before the range begins.
    await passTo(life, new Date(world.clock.now().getTime() + (8 + random.below(5)) * dayMs));
    await passTo(life, new Date(Math.ceil(world.clock.now().getTime() / dayMs) * dayMs));
    from = day(world.clock.now());
    world.mailer.accepted.length = 0;
    life.asked.length = 0;
    life.earliest = world.clock.now();
    life.before = new Set(life.tickets.keys());
    world.clock.move(6 * 60 * minuteMs);
    await liveFor(life, 12 + random.below(25));
  }
  const to = day(world.clock.now());
  const asked = [...life.asked, ...world.mailer.accepted.map(({ to: { address } }) => whoIs(life, address))];
  return { world, ticketIds: [...life.tickets.keys()], range: { from, to }, asked };
}

interface Life {
  readonly random: Random;
  readonly world: World<never>;
  readonly people: readonly Person[];
  /** Whose each ticket is. */
  readonly tickets: Map<string, string>;
  readonly asked: string[];
  /** Nothing that is told of happened before. */
  earliest: Date;
  /** Tickets of the time before the range. */
  before: ReadonlySet<string>;
  /** Mails that were not refused. */
  readonly reached: Mail[];
}

type Person = TicketSnapshot["customer"] & { readonly name: string };

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function randomRules(random: Random): readonly AskRule[] {
  const hours = sendWindow({
    days: ["mon", "tue", "wed", "thu", "fri"],
    from: "09:00",
    to: "17:00",
    timeZone: "Europe/Berlin",
  });
  const few = onlyWhen({ attribute: "team", noneOf: ["billing"] });
  const byHand: AskRule = {
    name: "no_olaf",
    decide: ({ resolvedBy, assigneeId, resolvedAt }) =>
      resolvedBy === "olaf" && assigneeId !== "olaf" && resolvedAt.getUTCHours() < 20 ? "skip" : "ask",
  };
  return [hours, few, byHand].filter(() => random.chance(0.35));
}

/** Several addresses of one id, several ids of none. */
function randomPeople(random: Random): readonly Person[] {
  return Array.from({ length: 3 + random.below(6) }, (_, number): Person => {
    const email = random.pick([
      `p${number}@example.com`,
      `P${number}@Example.com `,
      ...(random.chance(0.3) ? [`no-reply+${number}@example.com`] : []),
      ...(random.chance(0.2) ? ["", "two@example.com, three@example.com"] : []),
    ]);
    return {
      name: `P${number}`,
      email,
      locale: random.pick(["de", "en", null]),
      ...(random.chance(0.5) ? { id: `id ${number}` } : {}),
      ...(random.chance(0.15) ? { operatorId: random.pick(["olivia", "olaf"]) } : {}),
      ...(random.chance(0.5) ? { timeZone: random.pick(["America/New_York", "Asia/Tokyo", "Nowhere"]) } : {}),
    };
  });
}

function whoIs({ people }: Life, address: string): string {
  const known = address.trim().toLowerCase();
  const person = people.find(({ email }) => email?.trim().toLowerCase() === known);
  return person?.id ?? known;
}

function mailOutcome({ random, reached }: Life, mail: Mail): MailOutcome {
  const choice = random.below(20);
  if (choice === 0) return { kind: "refused", error: "550 5.1.1" };
  reached.push(mail);
  if (choice === 1) return { kind: "unknown", error: "timed out" };
  if (choice < 4) return { kind: "unavailable", concerns: "recipient", error: "450" };
  return { kind: "accepted", messageId: `<${mail.messageIdLocalPart}@example.com>` };
}

async function liveFor(life: Life, acts: number): Promise<void> {
  const { random, world } = life;
  for (let count = 0; count < acts; count += 1) {
    const pauseMs = random.pick([1, 30, 60, 600, 2_000]) * random.below(60) * 1_000 + random.below(1_000);
    await passTo(life, new Date(world.clock.now().getTime() + pauseMs));
    await act(life);
  }
  await passTo(life, world.clock.now());
}

/** Time passes, and the worker wakes whenever something is due. */
async function passTo(life: Life, until: Date): Promise<void> {
  const { world } = life;
  for (;;) {
    const due = await nextDue(life);
    if (due === null || due > until) break;
    world.clock.move(Math.max(0, due.getTime() - world.clock.now().getTime()));
    await world.csat.runDue();
  }
  world.clock.move(Math.max(0, until.getTime() - world.clock.now().getTime()));
}

async function nextDue({ world, tickets }: Life): Promise<Date | null> {
  const keys = [...tickets.keys()].toSorted().map((id) => ({ kind: "ticket" as const, workspaceId, id }));
  const surveys = (await world.storage.auto.read(keys)).map(({ state }) => storedSurvey(state));
  const times = surveys.flatMap((survey) => (survey?.status === "scheduled" ? [survey.dueAt.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

async function act(life: Life): Promise<void> {
  const { random, world, tickets } = life;
  const known = [...tickets.keys()];
  const choice = random.below(20);
  if (known.length === 0 || choice < 8) return resolve(life, `T${known.length}`);
  const ticketId = known[random.below(known.length)] ?? "T0";
  const ref = { workspaceId, ticketId };
  const by = { actorId: "olivia" };
  if (choice < 11) return resolve(life, ticketId);
  if (choice < 14) {
    const at = ago(life, lateMs(random));
    world.ticket(ticketId, { status: "open" });
    await world.csat.ticketLeft({ ...ref, at, reason: random.pick(["reopened", "closed", "merged"]) });
  } else if (choice < 15) await world.csat.leaveOut([ref], by);
  else if (choice < 16) await world.csat.letIn([ref], by);
  else if (choice < 18) await answer(life);
  else if (choice < 19) {
    // What is sent again must have been resolved in the range.
    if (random.chance(0.3) && life.before.size === 0)
      await world.csat.retryFailed(workspaceId, { reasons: ["refused"] });
    else if (random.chance(0.5)) world.ticket(ticketId, { status: "open" });
    else if (random.chance(0.3)) world.tickets.all.delete(ticketId);
    else await world.csat.recordAnswer({ ref, rating: 2, channel: "phone", actorId: null });
  } else await links(life, ticketId);
}

async function resolve(life: Life, ticketId: string): Promise<void> {
  const { random, world, people, tickets } = life;
  const person = people[random.below(people.length)] ?? { name: "", email: null, locale: null };
  if (!tickets.has(ticketId) || random.chance(0.05)) {
    tickets.set(ticketId, person.name);
    const assignee = random.pick([null, { id: "olaf", name: "Olaf" }, { id: "olivia", name: "O" }]);
    const team = random.pick(["billing", "sales", "none"]);
    const attributes = team === "none" ? {} : { attributes: { team } };
    world.ticket(ticketId, { customer: person, assignee, ...attributes });
  }
  world.ticket(ticketId, { status: "resolved" });
  const late = random.chance(0.1) ? random.below(12) * dayMs : lateMs(random);
  await world.csat.ticketResolved({
    workspaceId,
    ticketId,
    actorId: random.pick(["olivia", "olaf", null]),
    resolvedAt: ago(life, late),
    ...(random.chance(0.1) ? { ask: false } : {}),
  });
}

function ago({ world, earliest }: Life, ms: number): Date {
  return new Date(Math.max(world.clock.now().getTime() - ms, earliest.getTime()));
}

function lateMs(random: Random): number {
  return random.pick([0, 0, random.below(2_000), random.below(200) * minuteMs, -random.below(5) * minuteMs]);
}

async function answer({ random, world, reached }: Life): Promise<void> {
  const mail = reached[random.below(Math.max(1, reached.length))];
  if (mail !== undefined) await world.answer(mail, 4).catch(() => {});
}

async function links(life: Life, ticketId: string): Promise<void> {
  const { world, random, asked, tickets, people } = life;
  const ticket = world.tickets.all.get(ticketId);
  // What was resolved before the range is none of its tickets.
  if (ticket === undefined || life.before.has(ticketId)) return;
  const outcome = await world.csat.issueLinks({
    ref: { workspaceId, ticketId },
    ticket,
    ...(random.chance(0.5) ? { resolution: { actorId: "olaf", resolvedAt: world.clock.now() } } : {}),
  });
  if (outcome.kind !== "issued" || outcome.again) return;
  const person = people.find(({ name }) => name === tickets.get(ticketId));
  const who = person?.id ?? person?.email?.trim().toLowerCase() ?? "";
  if (who !== "") asked.push(who);
}
