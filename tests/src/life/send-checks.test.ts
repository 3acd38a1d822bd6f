import type { DrizzleTx } from "@csat/postgres";
import { expect, test } from "vitest";
import { type World, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const customer = { name: "Ada", email: "ada@example.com", locale: null };

type Change = (world: World<DrizzleTx>) => unknown;

onEveryStorage("the checks before a send", (make) => {
  test.each<readonly [string, Change]>([
    ["ticket_not_resolved", (world) => world.ticket("T1", { status: "open" })],
    ["ticket_not_found", (world) => void world.tickets.all.delete("T1")],
    ["csat_disabled", (world) => world.csat.updateSettings(workspaceId, { enabled: false })],
    ["no_customer_email", (world) => world.ticket("T1", { customer: { ...customer, email: null } })],
  ])("what changed unnoticed since the resolution skips the survey: %s", async (reason, change) => {
    // S6
    const world = await make();
    await world.resolve("T1");
    await change(world);
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason, mayHaveReached: false });
    expect(await world.story("T1")).toEqual(["resolved", "scheduled", `skipped:${reason}`]);
  });

  test.each([
    ["no address", null],
    ["a blank address", "  "],
    ["no address at all", "ada"],
    ["two addresses", "ada@example.com, bob@example.com"],
    ["an address with a header in it", "ada@example.com\r\nBcc: bob@example.com"],
    ["an address literal", "x@[127.0.0.1]"],
    ["a name of this machine", "root@localhost"],
    ["a domain without a dot", "ada@gmail"],
    ["a space in quotes", '"ada lee"@example.com'],
  ])("%s: nothing is sent, the reason is kept, and the next resolution may survey", async (_name, email) => {
    // S14
    const world = await make();
    world.ticket("T1", { customer: { ...customer, email } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.tried).toEqual([]);
    expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason: "no_customer_email" });
    await world.reopen("T1");
    world.ticket("T1", { customer });
    await world.pass({ minutes: 1 });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  // S14
  test.each([
    ["taro.@docomo.ne.jp", '"taro."@docomo.ne.jp'],
    ["try..this@docomo.ne.jp", '"try..this"@docomo.ne.jp'],
    ["info@b\u00fccher.example", "info@xn--bcher-kva.example"],
  ])("the mailer gets %s as mail servers take it", async (email, address) => {
    const world = await make();
    world.ticket("T1", { customer: { ...customer, email } });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted.map(({ to }) => to)).toEqual([{ name: "Ada", address }]);
  });

  test("a ticket whose transaction is not committed yet is looked at again for two minutes", async () => {
    // S6
    const world = await make({ settings: { sendDelay: "immediately" } });
    await world.resolve("T1");
    world.ticket("T1", { status: "open" });
    await world.pass({ ms: 0 });
    expect(await world.survey("T1")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });
    world.ticket("T1", { status: "resolved" });
    await world.pass({ ms: 15_000 });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  test("a ticket that stays unresolved for two minutes after arming is skipped", async () => {
    // S6
    const world = await make({ settings: { sendDelay: "immediately" } });
    await world.resolve("T1");
    world.ticket("T1", { status: "open" });
    for (let step = 0; step < 8; step++) {
      expect(await world.survey("T1")).toMatchObject({ status: "scheduled" });
      await world.pass({ ms: 15_000 });
    }
    expect(await world.survey("T1")).toMatchObject({ status: "skipped", reason: "ticket_not_resolved" });
  });

  test("a host that throws delays the survey and burns nothing, until it is too late", async () => {
    // S6, S12
    const world = await make();
    await world.resolve("T1");
    world.tickets.failure = new Error("the helpdesk is down");
    await world.pass({ hours: 1 });
    await world.pass({ hours: 24 });
    expect(await world.survey("T1")).toMatchObject({ status: "scheduled", attempts: 0 });
    world.tickets.failure = null;
    await world.pass({ minutes: 1 });
    expect(world.mailer.accepted).toHaveLength(1);

    await world.resolve("T2");
    world.tickets.failure = new Error("the helpdesk is down");
    await world.pass({ hours: 1 });
    await world.pass({ hours: 7 * 24, ms: 1 });
    expect(await world.survey("T2")).toMatchObject({ status: "skipped", reason: "expired" });
  });

  test("the mail names the assignee of now, the survey the first resolver", async () => {
    // S33
    const world = await make({ settings: { bodyIntro: "Handled by {{operator_name}}." } });
    await world.resolve("T1", "olivia");
    world.ticket("T1", { assignee: { id: "carol", name: "Carol" } });
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted[0]?.text).toContain("Handled by Carol.");
    expect(await world.survey("T1")).toMatchObject({ resolvedBy: "olivia" });
  });

  test("a mail says that it is automatic", async () => {
    // S18
    const world = await make();
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    expect(world.mailer.accepted[0]?.headers).toMatchObject({ "Auto-Submitted": "auto-generated" });
  });

  test("a customer's name is cut in the mail's header too, and one that shows nothing is left out", async () => {
    // S32, S36
    const world = await make();
    world.ticket("T1", { customer: { ...customer, name: "x".repeat(5_000) } });
    world.ticket("T2", { customer: { ...customer, name: "\u200b\u200b" } });
    await world.resolve("T1");
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    const names = world.mailer.accepted.map(({ to }) => to.name);
    expect(names.toSorted((one, other) => (one?.length ?? 0) - (other?.length ?? 0))).toEqual([
      null,
      `${"x".repeat(79)}…`,
    ]);
  });
});
