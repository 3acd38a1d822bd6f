import type { DeliveryResult, MailOutcome } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { describe, expect, test } from "vitest";
import { aWorld, tokenOf, workspaceId } from "../world/a-world.ts";

const long = 1_000_000;

describe("of what a host or a mail server makes as long as it likes, there is stored", () => {
  test("a subject of 150 characters, a workspace's name of 200, and no locale", async () => {
    // S36
    const world = await aWorld({ storage: memoryStorage() });
    world.ticket("T1", {
      subject: "s".repeat(long),
      workspaceName: "w".repeat(long),
      customer: { name: "n".repeat(long), email: "ada@example.com", locale: `tlh-x-${"a-".repeat(16_000)}a` },
    });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const [mail] = world.mailer.accepted;
    const page = await world.csat.openSurvey(tokenOf(mail));
    expect(page).toMatchObject({
      ticketSubject: `${"s".repeat(149)}…`,
      workspaceName: `${"w".repeat(199)}…`,
      locale: null,
    });
    expect(mail?.to.name).toBe(`${"n".repeat(79)}…`);
    expect(mail?.fromName).toBe(`${"w".repeat(199)}…`);
  });

  test.each([
    ["pt_BR", "pt-BR"],
    ["ar_EG.UTF-8", "ar-EG"],
    [" zh_hant_tw ", "zh-Hant-TW"],
    [`de-x-${"a".repeat(8)}-${"b".repeat(8)}-${"c".repeat(8)}-dddd`, null],
    ["no such language", null],
  ])("the locale %j as %j", async (locale, stored) => {
    const world = await aWorld({ storage: memoryStorage() });
    world.ticket("T1", { customer: { name: null, email: "ada@example.com", locale } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(await world.csat.openSurvey(tokenOf(world.mailer.accepted[0]))).toMatchObject({ locale: stored });
  });

  test("an error of a mail server of 200 characters, on one line", async () => {
    const outcome: MailOutcome = {
      kind: "unavailable",
      concerns: "recipient",
      error: `451\r\n\u0000${"e".repeat(long)}`,
    };
    const world = await aWorld({
      storage: memoryStorage(),
      options: { mailer: { send: async () => outcome } },
    });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect((await world.story("T1")).at(-1)).toBe(`mail_failed:451 ${"e".repeat(195)}…`);
  });

  test("of an error full of addresses no more, and none of them", async () => {
    const outcome: MailOutcome = { kind: "unavailable", concerns: "recipient", error: "a@b ".repeat(long) };
    const world = await aWorld({
      storage: memoryStorage(),
      options: { mailer: { send: async () => outcome } },
    });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    const said = (await world.story("T1")).at(-1) ?? "";
    expect(said.slice("mail_failed:".length)).toHaveLength(200);
    expect(said).not.toContain("@");
  });

  test("an error of a receiver of 200 characters", async () => {
    const result: DeliveryResult = {
      ok: false,
      retryable: true,
      retryAfterMs: null,
      error: "e".repeat(long),
    };
    const endpointsFor = async () => [{ id: "E1", url: "https://example.com/hook" }];
    const world = await aWorld({
      storage: memoryStorage(),
      options: { webhooks: { endpointsFor, deliver: async () => result } },
    });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.answer(world.mailer.accepted[0], 5);
    await world.pass({ minutes: 1 });
    const [event] = (await world.csat.listEvents(workspaceId)).items;
    expect(event?.deliveries[0]?.lastError).toBe(`${"e".repeat(199)}…`);
  });
});

test.each([
  ["ticketId", { ticketId: "t".repeat(201) }],
  ["actorId", { actorId: "a".repeat(long) }],
  ["workspaceId", { workspaceId: "🌸".repeat(201) }],
])("an event whose %s has more than 200 characters is refused and stores nothing", async (path, change) => {
  const world = await aWorld({ storage: memoryStorage() });
  const event = { workspaceId, ticketId: "T1", actorId: null, resolvedAt: world.clock.now(), ...change };
  await expect(world.csat.ticketResolved(event)).rejects.toMatchObject({
    code: "invalid_input",
    issues: [{ path }],
  });
  expect(await world.story("T1")).toEqual([]);
});

test("a cursor of more than 2,000 characters is none", async () => {
  const world = await aWorld({ storage: memoryStorage() });
  const cursor = `2026-01-01T00:00:00.000Z~${"a".repeat(2_000)}`;
  const refused = { code: "invalid_input", issues: [{ path: "cursor" }] };
  await expect(world.csat.listResponses(workspaceId, { days: 30 }, { cursor })).rejects.toMatchObject(
    refused,
  );
  await expect(world.csat.listEvents(workspaceId, { cursor })).rejects.toMatchObject(refused);
});

test("a template that is too long is told nothing else, however many placeholders it has", async () => {
  const world = await aWorld({ storage: memoryStorage() });
  const subject = Array.from({ length: 100_000 }, (_, index) => `{{${index}}}`).join("");
  await expect(world.csat.updateSettings(workspaceId, { subject })).rejects.toMatchObject({
    issues: [{ path: "subject", message: "must be at most 200 characters long" }],
  });
});

test("a dashboard's card shows of a ticket what fits on it", async () => {
  const world = await aWorld({ storage: memoryStorage() });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 1);
  world.ticket("T1", {
    subject: "s".repeat(long),
    url: `https://desk.example/${"u".repeat(2_000)}`,
    assignee: { id: "bob", name: "b".repeat(long) },
  });
  const [card] = (await world.csat.listLowRatings(workspaceId)).items;
  expect(card).toMatchObject({
    subject: `${"s".repeat(149)}…`,
    url: null,
    assignee: { id: "bob", name: `${"b".repeat(199)}…` },
  });
});
