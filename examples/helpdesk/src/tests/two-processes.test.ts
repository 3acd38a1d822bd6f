import type { TestDatabase } from "@csat-internal/test-support";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, onEachServer } from "./a-helpdesk.ts";

const dayMs = 86_400_000;

type Helpdesk = Awaited<ReturnType<typeof aHelpdesk>>;
onEachServer((createDatabase) => {
  let database: TestDatabase;
  let one: Helpdesk;
  let two: Helpdesk;

  // Both at once on an empty database: each creates what is missing and neither trips over the other.
  beforeAll(async () => {
    database = await createDatabase();
    const config = { database: { kind: "server", url: database.url } } as const;
    [one, two] = await Promise.all([aHelpdesk(config), aHelpdesk(config)]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await database.drop();
  });

  test("two processes that start at once write the samples once", async () => {
    expect((await one.ticket()).id).toBe("T-5");
    expect((await two.ticket()).id).toBe("T-6");
  });

  // S1, S10
  test("a ticket resolved through both at once raises one event, and one mail leaves", async () => {
    await one.settings({ enabled: true, sendDelay: "1_hour" });
    const ticket = await one.ticket();
    const calls = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two).resolve(ticket.id));
    await Promise.all(calls);
    expect(await two.journal(ticket.id)).toEqual(["resolved", "scheduled"]);
    await Promise.all([one.advance({ hours: 1 }), two.advance({ hours: 1 })]);
    expect(await one.mailsTo(ticket.email)).toHaveLength(1);
  });

  test("the clock that one moves is the other's too", async () => {
    await one.advance({ days: 1 });
    const clocks = await Promise.all([one.call("/api/clock"), two.call("/api/clock")]);
    const [first = 0, second = 0] = clocks.map(({ json }) => Date.parse(String(json.now)));
    expect(Math.abs(first - second)).toBeLessThan(dayMs);
  });

  // S15, S57
  test("bulk calls over the same tickets in opposite order do not deadlock", async () => {
    const tickets = await Promise.all(Array.from({ length: 40 }, () => one.ticket()));
    const ids = tickets.map(({ id }) => id);
    for (let round = 0; round < 3; round++) {
      const [resolved, closed] = await Promise.all([
        one.call("/api/tickets/bulk-resolve", { body: { ids } }),
        two.call("/api/tickets/bulk-resolve", { body: { ids: ids.toReversed() } }),
        one.call("/api/tickets/auto-close", { body: { ids: ids.toReversed() } }),
        two.call("/api/tickets/auto-close", { body: { ids } }),
      ]);
      expect([resolved.status, closed.status]).toEqual([200, 200]);
    }
  });
});
