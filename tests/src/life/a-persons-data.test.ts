import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { optOutTokenOf, type World, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";

const customer = { name: "Ada Quuxworth", email: "ada.l@quux.example", locale: "de-AT", id: "quux-4711" };
const who = { id: "quux-4711", address: "ada.l@quux.example" };
const personal = {
  name: "Quuxworth",
  address: "ada.l@quux.example",
  id: "quux-4711",
  subject: "Printer of the Quux family",
  comment: "Quux would do it again",
  reply: "the mailbox of the Quux house is full",
};

/** Ada's ticket T1 was mailed after a failure, and answered; T2 was mailed; T3 waits; T4 is somebody else's. */
async function livedThrough(world: World<DrizzleTx>): Promise<void> {
  world.ticket("T1", { customer, subject: personal.subject });
  world.ticket("T2", { customer });
  world.ticket("T4", { customer: { ...customer, name: "Bob", email: "bob@example.com", id: "8" } });
  for (const ticketId of ["T1", "T2", "T4"]) await world.resolve(ticketId);
  // What a mail server says is kept, without addresses.
  const error = `450 4.2.1 <${personal.address}>: ${personal.reply}`;
  world.mailer.answer = ({ to }) =>
    to.address === customer.email
      ? { kind: "unavailable", concerns: "recipient", error }
      : { kind: "accepted", messageId: null };
  await world.pass({ hours: 1 });
  world.mailer.answer = () => ({ kind: "accepted", messageId: null });
  await world.pass({ hours: 2 });
  const mail = world.mailer.accepted.find(({ subject }) => subject.includes(personal.subject));
  await world.answer(mail, 2, personal.comment);
  world.ticket("T3", { customer });
  await world.resolve("T3");
}

onEveryStorage("a person's data", (make) => {
  test("an export holds their tickets as they are stored: subject, answer, every line with its facts, events, records", async () => {
    // S77
    const world = await make({ settings: { cooldownDays: 1, answerCooldownDays: 0, enabled: true } });
    world.ticket("T1", { customer, subject: personal.subject });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted[0], 2, personal.comment);
    world.ticket("T4", { customer: { ...customer, email: "bob@example.com", id: "8" } });
    await world.resolve("T4");
    await world.pass({ hours: 1 });
    const all = await world.csat.exportCustomer(workspaceId, who);
    expect(all).toMatchObject({ workspaceId, exportedAt: world.clock.now().toISOString() });
    expect(all.records).toHaveLength(2);
    const [one] = all.tickets;
    expect(all.tickets.map(({ ticketId }) => ticketId)).toEqual(["T1"]);
    expect(one).toMatchObject({
      record: { survey: { status: "answered", page: { ticketSubject: personal.subject } } },
      response: { rating: 2, comment: personal.comment },
      events: [{ record: { data: { comment: personal.comment } } }],
    });
    const lines = one?.journal.map((line) => Object(line));
    expect(lines?.map(({ event }) => event)).toEqual(["resolved", "scheduled", "sent", "answered"]);
    expect(lines?.some(({ facts }) => facts?.locale === customer.locale)).toBe(true);
    // By either name, and as JSON.
    for (const name of [{ id: customer.id }, { address: customer.email }]) {
      const { tickets } = await world.csat.exportCustomer(workspaceId, name);
      expect(tickets).toEqual(all.tickets);
    }
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    const { records, tickets } = await world.csat.exportCustomer("globex", who);
    expect([records.map(({ record }) => record), tickets]).toEqual([[null, null], []]);
  });

  test("erasing erases every ticket that was begun for them, by either name, and those that are named; nobody else's", async () => {
    // S77, S56
    const world = await make();
    await livedThrough(world);
    world.ticket("T5", { customer: { ...customer, id: "" } });
    await world.resolve("T5");
    expect(await world.csat.eraseCustomer(workspaceId, { id: customer.id, ticketIds: ["T5", "T5"] })).toBe(3);
    for (const ticketId of ["T1", "T2", "T5"]) {
      expect(await world.survey(ticketId)).toMatchObject({ status: "erased" });
      expect(await world.story(ticketId)).toEqual(["erased"]);
    }
    expect(await world.survey("T4")).toMatchObject({ status: "sent" });
    const { tickets } = await world.csat.exportCustomer(workspaceId, who);
    expect(tickets).toEqual([]);
    expect((await world.csat.getMetrics(workspaceId)).current.responses).toBe(0);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
    expect(await world.csat.eraseCustomer(workspaceId, { id: customer.id })).toBe(0);
  });

  test("what was pending is erased when its time comes, unmailed; what is resolved later is asked about", async () => {
    // S77
    const world = await make();
    await livedThrough(world);
    const mails = world.mailer.tried.length;
    await world.csat.eraseCustomer(workspaceId, { address: customer.email });
    expect(await world.survey("T3")).toMatchObject({ status: "scheduled" });
    await world.pass({ hours: 1 });
    expect(await world.survey("T3")).toMatchObject({ status: "erased" });
    expect(world.mailer.tried).toHaveLength(mails);
    world.ticket("T6", { customer });
    await world.resolve("T6");
    await world.pass({ hours: 1 });
    expect(await world.survey("T6")).toMatchObject({ status: "sent" });
  });

  test("a ticket by its id alone is erased, and ids that are none erase nothing", async () => {
    // S77
    const world = await make();
    await livedThrough(world);
    const erase = (who: { readonly id?: string; readonly ticketIds: readonly string[] }) =>
      world.csat.eraseCustomer(workspaceId, who);
    await expect(erase({ id: customer.id, ticketIds: ["T4", ""] })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(erase({ ticketIds: [] })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
    expect(await erase({ ticketIds: ["T4"] })).toBe(1);
    expect(await world.survey("T1")).toMatchObject({ status: "answered" });
  });

  test("who opted out stays so, and their link goes on working", async () => {
    // S77, S70
    const world = await make();
    await livedThrough(world);
    const token = optOutTokenOf(world.mailer.accepted.find(({ to }) => to.address === customer.email));
    await world.csat.optOut(token);
    await world.csat.eraseCustomer(workspaceId, who);
    expect(await world.csat.openOptOut(token)).toMatchObject({ isOptedOut: true });
    world.clock.move(1_000);
    world.ticket("T7", { customer });
    await world.resolve("T7");
    await world.pass({ hours: 1 });
    expect(await world.survey("T7")).toMatchObject({ status: "skipped", reason: "opted_out" });
  });

  test("their old link opts out and takes it back under every key, as before the erase", async () => {
    // S71, S77
    const world = await make();
    await livedThrough(world);
    const token = optOutTokenOf(world.mailer.accepted.find(({ to }) => to.address === customer.email));
    await world.csat.optOut(token);
    await world.csat.eraseCustomer(workspaceId, who);
    expect((await world.csat.listSuppressed(workspaceId)).items).toHaveLength(1);
    await world.csat.undoOptOut(token);
    expect(await world.csat.suppressionsOf(workspaceId, who)).toEqual([]);
    world.clock.move(1_000);
    const ask = async (ticketId: string, id: string) => {
      world.ticket(ticketId, { customer: { ...customer, id } });
      await world.resolve(ticketId);
      await world.pass({ hours: 1 });
      return world.survey(ticketId);
    };
    expect(await ask("T7", customer.id)).toMatchObject({ status: "sent" });
    await world.csat.eraseCustomer(workspaceId, who);
    await world.csat.optOut(token);
    world.clock.move(1_000);
    expect(await ask("T8", "")).toMatchObject({ status: "skipped", reason: "opted_out" });
  });

  test.each([0, 30])(
    "an erase during a send drops what that send would have written, with a cooldown of %i days",
    async (cooldownDays) => {
      // S77, S56
      const world = await make({ settings: { cooldownDays } });
      world.ticket("T1", { customer, subject: personal.subject });
      await world.resolve("T1");
      world.mailer.answer = async () => {
        expect(await world.csat.eraseCustomer(workspaceId, who)).toBe(1);
        return { kind: "accepted", messageId: null };
      };
      await world.pass({ hours: 1 });
      await world.pass({ hours: 24 });
      expect(world.mailer.tried).toHaveLength(1);
      expect(await world.survey("T1")).toMatchObject({ status: "erased" });
      expect(await world.story("T1")).toEqual(["erased"]);
      await expect(world.answer(world.mailer.tried[0], 5)).rejects.toMatchObject({
        code: "survey_not_found",
      });
    },
  );
});

onDatabases("everything that the tables hold of a person", (make, opened) => {
  test("no address, name or id is stored; the rest is in the export, and nothing is left after erasing", async () => {
    // S77, S60, S56
    const world = await make({ settings: { cooldownDays: 0 } });
    await livedThrough(world);
    await world.csat.ticketsLeft([
      { workspaceId, ticketId: "T2", at: world.clock.now(), reason: "reopened" },
    ]);
    const before = await opened().dump();
    const exported = JSON.stringify(await world.csat.exportCustomer(workspaceId, who));
    const found = Object.entries(personal).filter(([, text]) => before.includes(text));
    expect(found.map(([what]) => what)).toEqual(["subject", "comment", "reply"]);
    for (const [, text] of found) expect(exported).toContain(text);

    await world.csat.eraseCustomer(workspaceId, who);
    await world.pass({ hours: 2 });
    await world.storage.keepHouse(world.clock.now(), new AbortController().signal);
    const after = await opened().dump();
    for (const text of [...Object.values(personal), "Quux", "quux"]) expect(after).not.toContain(text);
  });
});
