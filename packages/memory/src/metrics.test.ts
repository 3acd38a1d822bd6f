import type { MetricsQuery, Rating } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { type MemoryStorage, memoryStorage } from "./storage.ts";

const at = (time: string): Date => new Date(`2026-03-${time}Z`);
const window = (from: string, until: string) => ({
  from: at(`${from}T00:00:00.000`),
  until: at(`${until}T00:00:00.000`),
});
const query: MetricsQuery = {
  workspaceId: "acme",
  previous: window("03", "05"),
  current: window("05", "07"),
};

interface Told {
  readonly workspaceId?: string;
  readonly sentAt: string;
  readonly answered?: readonly [time: string, rating: Rating];
  readonly resolver?: string | null;
}

/** A storage with one sent survey per entry; ticket and survey are named after its place, T1 and s1 first. */
async function aHistory(told: readonly Told[]): Promise<MemoryStorage> {
  const storage = memoryStorage({ clock: fakeClock() });
  for (const [index, { workspaceId = "acme", sentAt, answered, resolver }] of told.entries()) {
    const ref = { workspaceId, ticketId: `T${index + 1}` };
    const id = `s${index + 1}`;
    const resolvedAt = at("01T00:00:00.000");
    if (resolver !== undefined) await storage.resolutions.record([{ ...ref, actorId: resolver, resolvedAt }]);
    await storage.surveys.arm([{ ...ref, id, resolvedAt, dueAt: resolvedAt }]);
    const [claimed] = await storage.surveys.claimDue({ now: resolvedAt, leaseForMs: 1000, limit: 1 });
    const claim = { workspaceId, id, leaseId: claimed?.leaseId ?? "" };
    const page = { workspaceId, workspaceName: "Acme", ticketSubject: "Printer", locale: null };
    await storage.surveys.beginSend(claim, { tokenHash: id, page, leaseForMs: 1000 });
    await storage.surveys.markSent({ ...claim, sentAt: at(sentAt), messageId: null });
    if (answered === undefined) continue;
    const [time, rating] = answered;
    await storage.responses.record({
      tokenHash: id,
      rating,
      comment: null,
      respondedAt: at(time),
      eventId: null,
    });
  }
  return storage;
}

const empty = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };

test("sends count by the time of sending and answers by the time of answering, each on its own", async () => {
  // S41: T1 is sent in the previous window and answered in the current one.
  const storage = await aHistory([
    { sentAt: "04T10:00:00.000", answered: ["05T09:00:00.000", 5] },
    { sentAt: "05T10:00:00.000", answered: ["06T09:00:00.000", 4] },
    { sentAt: "05T11:00:00.000" },
    { sentAt: "06T11:00:00.000", answered: ["09T00:00:00.000", 1] },
  ]);
  expect(await storage.metrics.read(query)).toEqual({
    sent: [
      { day: "2026-03-04", count: 1 },
      { day: "2026-03-05", count: 2 },
      { day: "2026-03-06", count: 1 },
    ],
    ratings: [
      { day: "2026-03-05", rating: 5, count: 1 },
      { day: "2026-03-06", rating: 4, count: 1 },
    ],
    resolvers: [
      { actorId: null, rating: 4, count: 1 },
      { actorId: null, rating: 5, count: 1 },
    ],
    // T2 and T4 were sent in the current window and are answered by now, T4 after it.
    cohortAnswered: 2,
  });
});

test("a window holds its first millisecond and not its end, in UTC", async () => {
  // S39, S45
  const storage = await aHistory([
    { sentAt: "02T23:59:59.999", answered: ["02T23:59:59.999", 1] },
    { sentAt: "03T00:00:00.000", answered: ["03T00:00:00.000", 2] },
    { sentAt: "06T23:59:59.999", answered: ["06T23:59:59.999", 3] },
    { sentAt: "07T00:00:00.000", answered: ["07T00:00:00.000", 4] },
  ]);
  const counts = await storage.metrics.read(query);
  expect(counts.sent.map(({ day }) => day)).toEqual(["2026-03-03", "2026-03-06"]);
  expect(counts.ratings.map(({ rating }) => rating)).toEqual([2, 3]);
  expect(counts.resolvers.map(({ rating }) => rating)).toEqual([3]);
});

test("equal days, ratings and resolvers are counted together, resolvers by code points and Unattributed last", async () => {
  // S46, S47
  const answers: readonly (readonly [string | null | undefined, Rating])[] = [
    ["zoe", 5],
    [null, 1],
    ["zoe", 5],
    ["\u{1F600}", 3],
    ["\uFFFD", 3],
    [undefined, 1],
    ["zoe", 4],
    ["Zoe", 5],
  ];
  const storage = await aHistory(
    answers.map(([resolver, rating]) => ({
      sentAt: "05T10:00:00.000",
      answered: ["05T11:00:00.000", rating] as const,
      ...(resolver === undefined ? {} : { resolver }),
    })),
  );
  const { resolvers, ratings } = await storage.metrics.read(query);
  expect(resolvers).toEqual([
    { actorId: "Zoe", rating: 5, count: 1 },
    { actorId: "zoe", rating: 4, count: 1 },
    { actorId: "zoe", rating: 5, count: 2 },
    { actorId: "\uFFFD", rating: 3, count: 1 },
    { actorId: "\u{1F600}", rating: 3, count: 1 },
    { actorId: null, rating: 1, count: 2 },
  ]);
  expect(ratings.map(({ rating, count }) => [rating, count])).toEqual([
    [1, 2],
    [3, 2],
    [4, 1],
    [5, 3],
  ]);
});

test("a filter by resolver narrows sends, answers and the cohort alike; null is the Unattributed group", async () => {
  // S42
  const storage = await aHistory([
    { sentAt: "05T10:00:00.000", answered: ["05T11:00:00.000", 5], resolver: "bob" },
    { sentAt: "05T10:00:00.000", resolver: "bob" },
    { sentAt: "06T10:00:00.000", answered: ["06T11:00:00.000", 2], resolver: null },
    { sentAt: "06T10:00:00.000" },
  ]);
  const of = async (resolvedBy: string | null) => storage.metrics.read({ ...query, resolvedBy });
  expect(await of("bob")).toEqual({
    sent: [{ day: "2026-03-05", count: 2 }],
    ratings: [{ day: "2026-03-05", rating: 5, count: 1 }],
    resolvers: [{ actorId: "bob", rating: 5, count: 1 }],
    cohortAnswered: 1,
  });
  expect(await of(null)).toEqual({
    sent: [{ day: "2026-03-06", count: 2 }],
    ratings: [{ day: "2026-03-06", rating: 2, count: 1 }],
    resolvers: [{ actorId: null, rating: 2, count: 1 }],
    cohortAnswered: 1,
  });
  expect(await of("carol")).toEqual(empty);
});

test("an earlier resolution that comes late moves the answer to its actor", async () => {
  // S46
  const storage = await aHistory([
    { sentAt: "05T10:00:00.000", answered: ["05T11:00:00.000", 5], resolver: "bob" },
  ]);
  const earlier = new Date("2026-02-01T00:00:00.000Z");
  await storage.resolutions.record([
    { workspaceId: "acme", ticketId: "T1", actorId: "carol", resolvedAt: earlier },
  ]);
  expect((await storage.metrics.read(query)).resolvers).toEqual([{ actorId: "carol", rating: 5, count: 1 }]);
  expect(await storage.metrics.read({ ...query, resolvedBy: "bob" })).toEqual(empty);
});

test("an erased ticket is in no count and in no list", async () => {
  // S56
  const storage = await aHistory([{ sentAt: "05T10:00:00.000", answered: ["05T11:00:00.000", 5] }]);
  await storage.surveys.erase([{ workspaceId: "acme", ticketId: "T1" }]);
  expect(await storage.metrics.read(query)).toEqual(empty);
  const listed = { workspaceId: "acme", window: query.current, limit: 10, cursor: null };
  expect(await storage.metrics.listResponses(listed)).toEqual({ items: [], nextCursor: null });
});

test("workspaces do not meet in counts and lists", async () => {
  // S49
  const storage = await aHistory([
    { workspaceId: "globex", sentAt: "05T10:00:00.000", answered: ["05T11:00:00.000", 5] },
  ]);
  expect(await storage.metrics.read(query)).toEqual(empty);
  const listed = { window: query.current, limit: 10, cursor: null };
  expect((await storage.metrics.listResponses({ ...listed, workspaceId: "acme" })).items).toEqual([]);
  expect((await storage.metrics.listResponses({ ...listed, workspaceId: "globex" })).items).toHaveLength(1);
});

test("answers are listed newest first, page by page, with their resolver and their send", async () => {
  // S48
  const storage = await aHistory([
    { sentAt: "05T10:00:00.000", answered: ["05T11:00:00.000", 1], resolver: "bob" },
    { sentAt: "05T10:00:00.000", answered: ["06T11:00:00.000", 2] },
    { sentAt: "04T10:00:00.000", answered: ["05T11:00:00.000", 2], resolver: "bob" },
    { sentAt: "05T10:00:00.000", answered: ["05T12:00:00.000", 3] },
  ]);
  const listed = { workspaceId: "acme", window: query.current, limit: 2, cursor: null };
  const first = await storage.metrics.listResponses(listed);
  expect(first.items.map(({ surveyId }) => surveyId)).toEqual(["s2", "s4"]);
  const second = await storage.metrics.listResponses({ ...listed, cursor: first.nextCursor });
  expect(second.items.map(({ surveyId }) => surveyId)).toEqual(["s3", "s1"]);
  expect(second.nextCursor).toBeNull();
  expect(second.items[0]).toEqual({
    workspaceId: "acme",
    ticketId: "T3",
    surveyId: "s3",
    rating: 2,
    comment: null,
    respondedAt: at("05T11:00:00.000"),
    resolvedBy: "bob",
    sentAt: at("04T10:00:00.000"),
  });
  const ids = async (narrowed: object) =>
    (await storage.metrics.listResponses({ ...listed, limit: 9, ...narrowed })).items.map(
      ({ surveyId }) => surveyId,
    );
  expect(await ids({ maxRating: 2 })).toEqual(["s2", "s3", "s1"]);
  expect(await ids({ rating: 2 })).toEqual(["s2", "s3"]);
  expect(await ids({ resolvedBy: "bob" })).toEqual(["s3", "s1"]);
  expect(await ids({ resolvedBy: null, maxRating: 2 })).toEqual(["s2"]);
  expect(await ids({ window: window("06", "07") })).toEqual(["s2"]);
});
