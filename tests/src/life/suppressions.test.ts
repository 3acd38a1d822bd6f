import { compareText } from "@csat/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aWorld, optOutTokenOf, workspaceId } from "../world/a-world.ts";
import { onDatabases, onEveryStorage } from "../world/on-storages.ts";
import type { OpenStorage } from "../world/open-storage.ts";
import { openServer } from "../world/storages.ts";

const customer = { name: "Ada", email: "ada@example.com", locale: null, id: "7" };
const address = "ada@example.com";
const eve = { actorId: "eve" };
const start = new Date("2026-03-02T12:00:00.000Z");

onEveryStorage("suppressions", (make) => {
  test("what stands of a customer goes to their own keys, and not on to whoever shares their address", async () => {
    // S74, S60
    const world = await make();
    world.ticket("T7", { customer });
    world.ticket("T8", { customer: { ...customer, id: "8" } });
    for (const ticketId of ["T7", "T8"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    const rows = [
      { id: "7", reason: "complained" },
      { address, reason: "by_hand" },
    ] as const;
    await world.csat.importSuppressions(workspaceId, rows, eve);
    const [eight] = (await world.csat.exportCustomer(workspaceId, { id: "8" })).records;
    expect(Object.keys(Object(eight?.record).suppressed)).toEqual(["by_hand"]);
    const [seven] = (await world.csat.exportCustomer(workspaceId, { id: "7" })).records;
    expect(Object.keys(Object(seven?.record).suppressed).toSorted(compareText)).toEqual([
      "by_hand",
      "complained",
    ]);
  });

  test("whoever is suppressed is not asked, under each key that is known, until it is lifted", async () => {
    // S74
    const world = await make();
    world.ticket("T0", { customer });
    await world.resolve("T0");
    await world.pass({ hours: 1 });
    await world.csat.suppress(workspaceId, { address: " ADA@Example.com " }, eve);
    const at = world.clock.now();
    world.clock.move(1_000);
    await world.csat.suppress(workspaceId, { id: "7" }, { actorId: "bob" });
    const standing = [{ reason: "by_hand", at, actorId: "eve" }];
    for (const who of [{ address }, { id: "7" }, { id: " 7 ", address }])
      expect(await world.csat.suppressionsOf(workspaceId, who)).toEqual(standing);
    world.ticket("T1", { customer: { ...customer, email: "ada@home.example" } });
    world.ticket("T2", { customer: { ...customer, id: "" } });
    for (const ticketId of ["T1", "T2"]) await world.resolve(ticketId);
    await world.pass({ hours: 1 });
    for (const ticketId of ["T1", "T2"])
      expect(await world.survey(ticketId)).toMatchObject({ status: "skipped", reason: "by_hand" });
    const lifting = { ...eve, reason: "by_hand" as const };
    expect(await world.csat.lift(workspaceId, { address }, { ...lifting, reason: "bounced" })).toBe(false);
    expect(await world.csat.lift(workspaceId, { address }, lifting)).toBe(true);
    expect(await world.csat.lift(workspaceId, { address }, lifting)).toBe(false);
    expect(await world.csat.suppressionsOf(workspaceId, { id: "7" })).toEqual([]);
    world.ticket("T3", { customer });
    await world.resolve("T3");
    await world.pass({ hours: 1 });
    expect(await world.survey("T3")).toMatchObject({ status: "sent" });
  });

  test("an address that takes no mail is the address' alone: a corrected one is asked, unless the person said no", async () => {
    // S74, S72
    const world = await make();
    world.ticket("T1", { customer });
    await world.resolve("T1");
    await world.pass({ hours: 1 });
    await world.csat.suppress(workspaceId, { address, id: "7" }, { ...eve, reason: "bounced" });
    const corrected = { ...customer, email: "ada@new.example" };
    const asked = async (ticketId: string, whom: typeof customer) => {
      world.ticket(ticketId, { customer: whom });
      await world.resolve(ticketId);
      await world.pass({ hours: 1 });
      const survey = await world.survey(ticketId);
      return survey?.reason ?? survey?.status;
    };
    expect(await asked("T2", customer)).toBe("bounced");
    expect(await asked("T3", corrected)).toBe("sent");
    await world.csat.optOut(optOutTokenOf(world.mailer.accepted[0]));
    expect(await asked("T4", { ...customer, email: "ada@third.example" })).toBe("opted_out");
    expect(await asked("T5", corrected)).toBe("opted_out");
    // Of two reasons the customer's own is named.
    expect(await asked("T6", customer)).toBe("opted_out");
  });

  test("an operator lifts an opt-out only with the customer's consent, which is kept and told", async () => {
    // S74, S79
    const told: unknown[] = [];
    const world = await make({ options: { onChange: (change) => void told.push(change) } });
    await world.csat.suppress(workspaceId, { id: "7" }, { ...eve, reason: "opted_out" });
    const lifting = { ...eve, reason: "opted_out" as const };
    await expect(world.csat.lift(workspaceId, { id: "7" }, lifting)).rejects.toMatchObject({
      code: "invalid_input",
      issues: [{ path: expect.stringContaining("consentGivenAt") }],
    });
    const tomorrow = new Date(world.clock.now().getTime() + 86_400_000);
    await expect(
      world.csat.lift(workspaceId, { id: "7" }, { ...lifting, consentGivenAt: tomorrow }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await world.csat.suppressionsOf(workspaceId, { id: "7" })).toHaveLength(1);
    const consentGivenAt = new Date("2026-03-01T09:00:00.000Z");
    expect(await world.csat.lift(workspaceId, { id: "7" }, { ...lifting, consentGivenAt })).toBe(true);
    expect(told.at(-1)).toMatchObject({
      kind: "suppression_lifted",
      workspaceId,
      actorId: "eve",
      before: "opted_out",
      after: null,
      consentGivenAt,
    });
    const { records } = await world.csat.exportCustomer(workspaceId, { id: "7" });
    expect(records[0]?.record).toMatchObject({
      consent: { givenAt: "2026-03-01T09:00:00.000Z", at: start.toISOString(), actorId: "eve" },
    });
  });

  test("the list shows keys, reasons and times, nobody twice, and never an address", async () => {
    // S74, S60
    const world = await make();
    for (const [place, id] of ["7", "8", "9"].entries()) {
      const ticketId = `T${place}`;
      world.ticket(ticketId, { customer: { ...customer, email: `ada${id}@example.com`, id } });
      await world.resolve(ticketId);
    }
    await world.pass({ hours: 1 });
    for (const id of ["7", "8", "9"]) {
      await world.csat.suppress(workspaceId, { id }, eve);
      world.clock.move(60_000);
    }
    await world.csat.suppress(
      workspaceId,
      { address: "stranger@example.com" },
      { ...eve, reason: "complained" },
    );
    const shown = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof world.csat.listSuppressed>> = await world.csat.listSuppressed(
        workspaceId,
        { limit: 3, ...(cursor && { cursor }) },
      );
      shown.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(shown.map(({ suppressions }) => suppressions.map(({ reason }) => reason).join())).toEqual([
      "complained",
      "by_hand",
      "by_hand",
      "by_hand",
    ]);
    expect(JSON.stringify(shown)).not.toContain("@");
    expect((await world.csat.listSuppressed("globex")).items).toEqual([]);
    // The key names them.
    const { key = "" } = shown[1] ?? {};
    expect(await world.csat.lift(workspaceId, { key }, { ...eve, reason: "by_hand" })).toBe(true);
    expect(await world.csat.suppressionsOf(workspaceId, { id: "9" })).toEqual([]);
    expect((await world.csat.listSuppressed(workspaceId)).items).toHaveLength(3);
  });

  test("an import stands as if it had been said by hand, and again changes nothing", async () => {
    // S74
    const world = await make();
    const at = new Date("2026-01-01T00:00:00.000Z");
    const rows = [
      { address, reason: "opted_out", at } as const,
      { address, id: "7", reason: "bounced" } as const,
      { id: "8", reason: "complained", at } as const,
    ];
    for (const _time of [1, 2])
      expect(await world.csat.importSuppressions(workspaceId, rows, { actorId: "eve" })).toBe(3);
    expect(await world.csat.suppressionsOf(workspaceId, { address })).toEqual([
      { reason: "opted_out", at, actorId: "eve" },
      { reason: "bounced", at: start, actorId: "eve" },
    ]);
    expect(await world.csat.suppressionsOf(workspaceId, { id: "7" })).toEqual([]);
    expect(await world.csat.suppressionsOf(workspaceId, { id: "8" })).toEqual([
      { reason: "complained", at, actorId: "eve" },
    ]);
    expect(await world.csat.importSuppressions(workspaceId, [], { actorId: null })).toBe(0);
  });

  test("one bad row imports nothing, and is named without its address", async () => {
    // S74
    const world = await make();
    const bad = { address, reason: "disliked" as "by_hand" }; // JavaScript passes anything.
    const rows = [
      { address: "bob@example.com", reason: "by_hand" as const },
      bad,
      { reason: "by_hand" as const },
    ];
    const importing = world.csat.importSuppressions(workspaceId, rows, { actorId: "eve" });
    const error: unknown = await importing.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "invalid_input",
      issues: [
        { path: expect.stringContaining("1.reason") },
        { path: expect.stringContaining("suppressions.2") },
      ],
    });
    expect(String(error)).not.toContain("@");
    expect((await world.csat.listSuppressed(workspaceId)).items).toEqual([]);
  });

  test.each([
    ["nobody", {}],
    ["an empty address", { address: " " }],
    ["an empty id", { id: "" }],
    ["a key of somebody's own", { key: "ada@example.com" }],
    ["nothing at all", null],
  ])("who names %s is told so", async (_name, who) => {
    // S74
    const world = await make();
    const wrong = who as { readonly id: string }; // JavaScript passes anything.
    const invalid = { code: "invalid_input" };
    await expect(world.csat.suppress(workspaceId, wrong, eve)).rejects.toMatchObject(invalid);
    await expect(world.csat.suppressionsOf(workspaceId, wrong)).rejects.toMatchObject(invalid);
    await expect(world.csat.exportCustomer(workspaceId, wrong)).rejects.toMatchObject(invalid);
    await expect(world.csat.eraseCustomer(workspaceId, wrong)).rejects.toMatchObject(invalid);
  });
});

onDatabases("suppressions within the host's transaction", (make, opened) => {
  test("a rollback leaves nothing, a commit all of it", async () => {
    // S57, S74
    const world = await make();
    for (const end of ["rollback", "commit"] as const) {
      await opened().hostTransaction(async (tx) => {
        await world.csat.suppress(workspaceId, { address, id: "7" }, { ...eve, tx });
        return end;
      });
      expect(await world.csat.suppressionsOf(workspaceId, { id: "7" })).toHaveLength(
        end === "commit" ? 1 : 0,
      );
    }
  });
});

let opened: OpenStorage;
let statements = 0;
beforeAll(async () => {
  opened = await openServer(() => {
    statements += 1;
  });
});
afterAll(async () => opened.close());
beforeEach(() => {
  statements = 0;
});

test("a thousand are imported in as many statements as ten", async () => {
  // S74
  const world = await aWorld({ storage: await opened.fresh() });
  const counted = async (count: number, first: number) => {
    const rows = Array.from({ length: count }, (_, place) => ({
      address: `a${first + place}@example.com`,
      id: `i${first + place}`,
      reason: place % 2 === 0 ? ("opted_out" as const) : ("bounced" as const),
    }));
    statements = 0;
    expect(await world.csat.importSuppressions(workspaceId, rows, { actorId: null })).toBe(count);
    return statements;
  };
  // The first call of a workspace may make its secret.
  await counted(2, 0);
  const ten = await counted(10, 100);
  expect(await counted(1_000, 1_000)).toBe(ten);
  // Of every two one is known by two keys, which nobody has said to be one customer's.
  expect(await counted(1_000, 1_000)).toBeLessThanOrEqual(ten);
});
