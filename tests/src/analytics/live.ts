import { expect } from "vitest";
import { answer } from "./a-life.ts";
import { count } from "./facts.ts";
import { hostActs } from "./host-acts.ts";
import type { Life } from "./life.ts";
import { reportSome } from "./mail-fates.ts";
import { randomFrom } from "./random.ts";

const hourMs = 3_600_000;

/** One moment of every history: the helpdesk acts, mails go out, customers answer, the storage tidies up. */
export async function live<Tx>(life: Life<Tx>, moment: Date): Promise<void> {
  const { csat, clock, random } = life;
  clock.move(Math.max(moment.getTime() - clock.now().getTime(), 0));
  await tell(life);
  await changeSettings(life);
  // Two mails that take their time, alone; then all the others while the clock stands.
  for (let mail = 0; mail < 2; mail++) {
    life.nextMailTakesMs = random.pick([1, 1_000, random.below(2 * hourMs)]);
    await csat.runDue({ limit: 1 });
  }
  life.nextMailTakesMs = 0;
  await csat.runDue();
  await answerSome(life, { alsoErased: true });
  await excludeSome(life);
  await reportSome(life);
  clock.move(random.pick([0, 1, random.below(3 * hourMs)]));
  await Promise.all([answerSome(life, { alsoErased: true }), maintain(life)]);
  await maintain(life);
  await recount(life);
}

async function tell<Tx>(life: Life<Tx>): Promise<void> {
  const { csat, clock, histories, tally } = life;
  const told = histories.map((history) => hostActs({ history, now: clock.now(), tally }));
  // Late events of who resolved a ticket race with its answer.
  const [resolved] = await Promise.all([
    csat.ticketsResolved(told.flatMap((one) => one.resolved)),
    answerSome(life, { alsoErased: false }),
  ]);
  const answers = [...resolved, ...(await csat.ticketsLeft(told.flatMap(({ left }) => left)))];
  expect(answers.filter(({ kind }) => kind === "rejected")).toEqual([]);
  for (const outcome of answers) {
    if (outcome.kind === "not_surveyed") count(tally, `not surveyed: ${outcome.reason}`);
    else count(tally, outcome.kind);
  }
  const erased = told.flatMap((one) => one.erased);
  if (erased.length > 0) {
    await csat.eraseTickets(erased.map(({ workspaceId, ticketId }) => ({ workspaceId, ticketId })));
  }
}

async function changeSettings<Tx>({ csat, histories }: Life<Tx>): Promise<void> {
  for (const { random, workspaceIds } of histories) {
    const workspaceId = workspaceIds[random.below(workspaceIds.length)] ?? "";
    if (random.chance(0.15)) await csat.updateSettings(workspaceId, { enabled: random.chance(0.8) });
    if (random.chance(0.05)) await csat.retryFailed(workspaceId);
  }
}

async function answerSome<Tx>(
  life: Life<Tx>,
  { alsoErased }: { readonly alsoErased: boolean },
): Promise<void> {
  const answers = life.histories.flatMap(({ tickets, random }) =>
    tickets
      .filter(({ tokens, mailing, erased }) => {
        const isOver = erased || mailing.some(({ kind }) => kind === "answered");
        return tokens.length > 0 && (alsoErased || !erased) && random.chance(isOver ? 0.01 : 0.07);
      })
      .map((ticket) => answer(life, ticket, random)),
  );
  await Promise.all(answers);
}

/** Answers of machines and mistakes are excluded, and some of them restored. */
async function excludeSome<Tx>({ csat, histories, tally }: Life<Tx>): Promise<void> {
  for (const ticket of histories.flatMap(({ tickets }) => tickets)) {
    const random = randomFrom(
      "exclude",
      ticket.workspaceId,
      ticket.ticketId,
      tally.get("asked to exclude") ?? 0,
    );
    if (!random.chance(0.04)) continue;
    count(tally, "asked to exclude");
    const { workspaceId, ticketId } = ticket;
    const isAnswered = !ticket.erased && ticket.mailing.some(({ kind }) => kind === "answered");
    const kind = random.chance(0.5) || !ticket.excluded ? "excluded" : "restored";
    const ref = { workspaceId, ticketId };
    const outcome =
      kind === "excluded"
        ? await csat.excludeAnswer(ref, { actorId: "ann", reason: "machine" })
        : await csat.restoreAnswer(ref, { actorId: "ann" });
    const isDone = ticket.excluded === (kind === "excluded");
    expect(outcome.kind).toBe(!isAnswered ? "not_answered" : isDone ? "nothing_to_do" : kind);
    if (!isAnswered) continue;
    ticket.excluded = kind === "excluded";
    count(tally, kind);
  }
}

/** Folds the counts, which changes no figure, also beside answers. */
async function maintain<Tx>({ storage, clock, random, tally }: Life<Tx>): Promise<void> {
  if (!random.chance(0.3)) return;
  count(tally, "maintained");
  await storage.keepHouse(clock.now(), new AbortController().signal);
}

/** Rebuilds the counts of some workspaces, and finds nothing that was off. */
async function recount<Tx>({ csat, histories, tally }: Life<Tx>): Promise<void> {
  for (const { random, workspaceIds } of histories) {
    if (!random.chance(0.1)) continue;
    for (const workspaceId of workspaceIds) {
      expect(await csat.recount(workspaceId), `recount of ${workspaceId}`).toEqual([]);
    }
    count(tally, "recounted");
  }
}
