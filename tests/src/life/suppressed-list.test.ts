import { expect, test } from "vitest";
import { optOutTokenOf, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";

const customer = { name: "Ada", email: "ada@example.com", locale: null, id: "7" };
const eve = { actorId: "eve" };

onEveryStorage("each customer once in the list of those whom we do not ask", (make) => {
  test("who was mailed under several addresses is in the list once, and two who share an address are in it both", async () => {
    // S74, S60
    const world = await make();
    const tokens = new Map<string, string>();
    const mail = async (id: string, email: string) => {
      const ticketId = `${id} ${email}`;
      world.ticket(ticketId, { customer: { ...customer, email, id } });
      await world.resolve(ticketId);
      await world.pass({ hours: 1 });
      tokens.set(id, optOutTokenOf(world.mailer.accepted.at(-1)));
    };
    // Which of the keys is the smaller one differs from person to person.
    const movers = Array.from({ length: 12 }, (_, place) => `mover ${place}`);
    for (const [place, id] of movers.entries())
      for (const at of ["home", "work"]) await mail(id, `${at}.${place}@example.com`);
    for (const id of ["one", "other"]) await mail(id, "family@example.com");
    for (const token of tokens.values()) await world.csat.optOut(token);
    const { items } = await world.csat.listSuppressed(workspaceId, { limit: 200 });
    expect(items).toHaveLength(movers.length + 2);
    const { key = "" } = items[0] ?? {};
    const consentGivenAt = world.clock.now();
    await world.csat.lift(workspaceId, { key }, { ...eve, reason: "opted_out", consentGivenAt });
    expect((await world.csat.listSuppressed(workspaceId)).items).toHaveLength(movers.length + 1);
  });

  test("who is named by address and id at once is one customer: in the list once, and lifted as a whole", async () => {
    // S74, S60
    const world = await make();
    const both = (id: string) => ({ address: `${id}@example.com`, id });
    await world.csat.suppress(workspaceId, both("ada"), eve);
    const rows = [...Array(9).keys()].map(
      (id) => ({ ...both(`imported-${id}`), reason: "opted_out" }) as const,
    );
    for (const _time of [1, 2]) await world.csat.importSuppressions(workspaceId, rows, eve);
    const { items } = await world.csat.listSuppressed(workspaceId, { limit: 200 });
    expect(items).toHaveLength(10);
    const consentGivenAt = world.clock.now();
    for (const { key, suppressions } of items)
      for (const { reason } of suppressions)
        await world.csat.lift(workspaceId, { key }, { ...eve, reason, consentGivenAt });
    expect((await world.csat.listSuppressed(workspaceId)).items).toEqual([]);
    for (const { id, address } of [both("ada"), ...rows])
      expect(await world.csat.suppressionsOf(workspaceId, { id, address })).toEqual([]);
  });
});
