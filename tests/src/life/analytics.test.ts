import type { Logger } from "@csat/core";
import { describe, expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { onEveryStorage } from "../world/on-storages.ts";
import { inMemory } from "../world/storages.ts";

/** A world on memory in which T1, T2, … were answered with these ratings, a minute apart, resolved by Olivia. */
async function answered(
  ratings: readonly (1 | 2 | 3 | 4 | 5)[],
  options: Parameters<typeof aWorld>[0]["options"] = {},
) {
  const world = await aWorld({ storage: inMemory(), options });
  for (const [index, rating] of ratings.entries()) {
    await world.resolve(`T${index + 1}`);
    await world.pass({ hours: 1, minutes: 1 });
    await world.answer(world.mailer.accepted.at(-1), rating, `Said with ${index + 1}`);
  }
  return world;
}

/** A logger that keeps its warnings, fields and all. */
function warnings() {
  const kept: unknown[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    error() {},
    warn: (fields, message) => kept.push({ ...fields, message }),
  };
  return { kept, logger };
}

onEveryStorage("analytics", (make) => {
  test("an answer is in the figures at once, and out of them when its ticket is erased", async () => {
    // S38, S41, S56
    const world = await make();
    await world.resolve("T1", "olivia");
    await world.resolve("T2", null);
    await world.pass({ hours: 1 });
    const mail = world.mailer.accepted.find(({ text }) => text.includes("Subject of T1"));
    await world.answer(mail, 2, "Slow.");
    const metrics = await world.csat.getMetrics(workspaceId);
    expect(metrics).toMatchObject({
      current: {
        from: "2026-02-01",
        to: "2026-03-02",
        sent: 2,
        responses: 1,
        averageRating: 2,
        responseRate: 0.5,
      },
      previous: { from: "2026-01-02", to: "2026-01-31", sent: 0, responses: 0 },
      cohort: { sent: 2, answered: 1, rate: 0.5 },
      byResolver: [{ actorId: "olivia", name: null, responses: 1 }],
    });
    expect(metrics.daily).toHaveLength(30);
    const [{ items: rows }, { items: cards }] = await Promise.all([
      world.csat.listResponses(workspaceId),
      world.csat.listLowRatings(workspaceId),
    ]);
    expect(rows).toMatchObject([{ ticketId: "T1", rating: 2, resolvedBy: "olivia" }]);
    expect(cards).toMatchObject([
      { response: { ticketId: "T1", comment: "Slow." }, assignee: { name: "Bob" } },
    ]);

    await world.csat.eraseTickets([{ workspaceId, ticketId: "T1" }]);
    expect((await world.csat.getMetrics(workspaceId)).current).toMatchObject({ sent: 1, responses: 0 });
    expect((await world.csat.listResponses(workspaceId)).items).toEqual([]);
    expect(await world.csat.recount(workspaceId)).toEqual([]);
  });
});

describe("low ratings", () => {
  test("are answers of 1 and 2, newest first, with the assignee of now", async () => {
    // S48
    const world = await answered([1, 3, 2, 5]);
    world.ticket("T1", {
      assignee: { id: "cem", name: "Cem" },
      url: "https://desk.example/T1",
      subject: "Renamed",
    });
    world.ticket("T3", { assignee: null });
    const { items, nextCursor } = await world.csat.listLowRatings(workspaceId);
    expect(
      items.map(({ response, subject, url, assignee }) => [response.ticketId, subject, url, assignee]),
    ).toEqual([
      ["T3", "Subject of T3", null, null],
      ["T1", "Renamed", "https://desk.example/T1", { id: "cem", name: "Cem" }],
    ]);
    expect(nextCursor).toBeNull();
    expect(Object.keys(items[0]?.response ?? {})).not.toContain("resolvedBy");
  });

  test("stay in the list when their ticket is gone", async () => {
    // S48
    const world = await answered([1, 2]);
    world.tickets.all.delete("T2");
    const { items } = await world.csat.listLowRatings(workspaceId);
    expect(items).toMatchObject([
      { response: { ticketId: "T2", rating: 2 }, subject: null, url: null, assignee: null },
      { response: { ticketId: "T1" }, subject: "Subject of T1" },
    ]);
  });

  test("stay in the list when the host fails, and the log says so without names or comments", async () => {
    const { kept, logger } = warnings();
    const world = await answered([1], { logger });
    world.tickets.getTickets = () => Promise.reject(new Error("no route to ada@example.com"));
    expect((await world.csat.listLowRatings(workspaceId)).items).toMatchObject([
      { subject: null, assignee: null },
    ]);
    expect(kept).toEqual([
      {
        workspaceId,
        tickets: 1,
        cause: "Error: no route to",
        message: expect.stringContaining("shown without subject"),
      },
    ]);
  });

  test("come page by page, of one resolver when asked", async () => {
    // S42
    const world = await answered([1, 2, 1]);
    const first = await world.csat.listLowRatings(workspaceId, { days: 7 }, { limit: 2 });
    const second = await world.csat.listLowRatings(
      workspaceId,
      { days: 7 },
      { limit: 2, cursor: first.nextCursor ?? "" },
    );
    expect([first, second].map(({ items }) => items.map(({ response }) => response.ticketId))).toEqual([
      ["T3", "T2"],
      ["T1"],
    ]);
    expect((await world.csat.listLowRatings(workspaceId, { days: 7 }, { resolvedBy: null })).items).toEqual(
      [],
    );
  });
});

describe("operators", () => {
  test("are asked for by id, once each, and shown by the host's names", async () => {
    const world = await answered([5, 5]);
    const asked: unknown[] = [];
    world.tickets.getOperators = async (...given) => {
      asked.push(given);
      return [{ id: "olivia", name: "Olivia Ray" }];
    };
    const { byResolver } = await world.csat.getMetrics(workspaceId);
    expect(byResolver).toMatchObject([{ actorId: "olivia", name: "Olivia Ray", responses: 2 }]);
    expect(asked).toEqual([[workspaceId, ["olivia"]]]);
  });

  test("have their names beside their ids in an export, asked for once per read", async () => {
    const world = await answered([5, 4]);
    const asked: unknown[] = [];
    world.tickets.getOperators = async (...given) => {
      asked.push(given);
      return [{ id: "olivia", name: "Olivia Ray" }];
    };
    const names: unknown[] = [];
    for await (const row of world.csat.exportResponses(workspaceId))
      names.push([row.resolvedBy, row.resolvedByName]);
    expect(names).toEqual([
      ["olivia", "Olivia Ray"],
      ["olivia", "Olivia Ray"],
    ]);
    expect(asked).toEqual([[workspaceId, ["olivia"]]]);
  });

  test("without a name, or of a host that fails, cost an export their names alone", async () => {
    const world = await answered([5]);
    for (const getOperators of [async () => [], () => Promise.reject(new TypeError("down"))]) {
      world.tickets.getOperators = getOperators;
      const rows: unknown[] = [];
      for await (const row of world.csat.exportResponses(workspaceId)) rows.push(row);
      expect(rows).toMatchObject([{ resolvedBy: "olivia", resolvedByName: null, rating: 5 }]);
    }
  });

  test("a host that cannot name them costs the names and no number", async () => {
    const { kept, logger } = warnings();
    const world = await answered([5], { logger });
    world.tickets.getOperators = () => Promise.reject(new TypeError("down"));
    expect((await world.csat.getMetrics(workspaceId)).byResolver).toMatchObject([
      { actorId: "olivia", name: null, responses: 1 },
    ]);
    expect(kept).toEqual([
      {
        workspaceId,
        operators: 1,
        cause: "TypeError: down",
        message: expect.stringContaining("ids are shown"),
      },
    ]);
  });
});

test.each([
  [{ days: 8 }, {}, "days"],
  [{ from: "2026-02-30", to: "2026-03-01" }, {}, "from"],
  [{ days: 7, from: "2026-03-01", to: "2026-03-02" }, {}, "days"],
  [null, {}, ""],
  [undefined, { resolvedBy: "" }, "resolvedBy"],
  [undefined, { rating: 6 }, "rating"],
  [undefined, { limit: 201 }, "limit"],
])("the range %j with %j is refused by every read, which names %j", async (range, query, path) => {
  // S38, S39
  const { csat } = await aWorld({ storage: inMemory() });
  // A host written in JavaScript may pass anything.
  const [badRange, badQuery] = [range as { days: 7 }, query as { resolvedBy?: string }];
  const refusal = expect.objectContaining({
    code: "invalid_input",
    issues: [{ path, message: expect.any(String) }],
  });
  await expect(csat.listResponses(workspaceId, badRange, badQuery)).rejects.toEqual(refusal);
  await expect(csat.listLowRatings(workspaceId, badRange, badQuery)).rejects.toEqual(refusal);
  await expect(csat.getMetrics(workspaceId, badRange, badQuery)).rejects.toEqual(refusal);
  expect(() => csat.exportResponses(workspaceId, badRange, badQuery)).toThrow(refusal);
});

test.each(["", "a\u0000b", "x".repeat(201)])("the workspace %j is refused", async (bad) => {
  const { csat } = await aWorld({ storage: inMemory() });
  await expect(csat.getMetrics(bad)).rejects.toMatchObject({ code: "invalid_input" });
  await expect(csat.recount(bad)).rejects.toMatchObject({ code: "invalid_input" });
  expect(() => csat.exportResponses(bad)).toThrow(expect.objectContaining({ code: "invalid_input" }));
});
