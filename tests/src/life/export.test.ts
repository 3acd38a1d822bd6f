import type { ResponseQuery, ResponseRow, Store } from "@csat/core";
import { expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

/** A storage that holds so many answers without keeping one, and notes every read of them. */
function aStorageOf(count: number) {
  const reads: ResponseQuery[] = [];
  const storage = inMemory();
  const answers = async (query: ResponseQuery) => {
    reads.push(query);
    const start = Number(query.cursor ?? 0);
    const end = Math.min(count, start + query.limit);
    const items = Array.from({ length: end - start }, (_, index) => row(start + index));
    return { items, nextCursor: end < count ? String(end) : null };
  };
  const counting: Store = { ...storage, lists: { ...storage.lists, answers } };
  return { reads, storage: counting };
}

function row(place: number): ResponseRow {
  const at = new Date(Date.UTC(2026, 2, 2) - place);
  return {
    workspaceId,
    ticketId: `T${place}`,
    surveyId: `s${place}`,
    rating: 5,
    comment: null,
    respondedAt: at,
    resolvedBy: null,
    sentAt: at,
    excluded: false,
    slices: [],
  };
}

test("an export gives every row once, in reads of 100 that each begin where the last ended", async () => {
  const { reads, storage } = aStorageOf(240);
  const { csat } = await aWorld({ storage });
  const tickets: string[] = [];
  for await (const { ticketId } of csat.exportResponses(workspaceId, { days: 7 }, { rating: 5 }))
    tickets.push(ticketId);
  expect(tickets).toEqual(Array.from({ length: 240 }, (_, place) => `T${place}`));
  expect(reads.map(({ cursor, limit, rating }) => [cursor, limit, rating])).toEqual([
    [null, 100, 5],
    ["100", 100, 5],
    ["200", 100, 5],
  ]);
});

test("nothing is read before the first row is asked for, and the next page only when this one is used up", async () => {
  const { reads, storage } = aStorageOf(240);
  const { csat } = await aWorld({ storage });
  const rows = csat.exportResponses(workspaceId)[Symbol.asyncIterator]();
  expect(reads).toHaveLength(0);
  for (let taken = 0; taken < 100; taken++) await rows.next();
  expect(reads).toHaveLength(1);
  await rows.next();
  expect(reads).toHaveLength(2);
});

test("a loop that ends early reads no more, and another one starts anew", async () => {
  const { reads, storage } = aStorageOf(240);
  const { csat } = await aWorld({ storage });
  const rows = csat.exportResponses(workspaceId);
  const firsts: string[] = [];
  for (let time = 0; time < 2; time++) {
    for await (const { ticketId } of rows) {
      firsts.push(ticketId);
      break;
    }
  }
  expect([firsts, reads.map(({ cursor }) => cursor)]).toEqual([
    ["T0", "T0"],
    [null, null],
  ]);
});
