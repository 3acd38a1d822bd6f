import { expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aBegunSend, answerTo, aTicket, at } from "./support/survey-steps.ts";

const server = connections();
const windows = {
  current: { from: at(0), until: at(24 * 60) },
  previous: { from: at(-24 * 60), until: at(0) },
};

async function aMailUnderWay() {
  const ref = aTicket();
  await server.storage().resolutions.record([{ ...ref, actorId: "ann", resolvedAt: at(0) }]);
  const { claim, tokenHash } = await aBegunSend(server.storage(), ref);
  return { ref, claim, answer: answerTo(tokenHash) };
}

test("an answer that comes before its mail counts as accepted keeps the time its send began", async () => {
  // S17 S41
  const { ref, claim, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ responses }) => responses.record(answer),
    ({ surveys }) => surveys.markSent({ ...claim, sentAt: at(62), messageId: "m1" }),
  );
  expect([met.first.kind, met.second, met.waited]).toEqual(["recorded", "done", true]);
  expect(await server.storage().surveys.find(ref)).toMatchObject({ status: "answered", sentAt: at(60) });
});

test("an answer that waits for the acceptance of its mail is recorded after it", async () => {
  const { ref, claim, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ surveys }) => surveys.markSent({ ...claim, sentAt: at(62), messageId: "m1" }),
    ({ responses }) => responses.record(answer),
  );
  expect([met.first, met.second.kind, met.waited]).toEqual(["done", "recorded", true]);
  expect(await server.storage().surveys.find(ref)).toMatchObject({ status: "answered", sentAt: at(62) });
});

test("an erase that waits for an answer removes all of it", async () => {
  // S56
  const { ref, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ responses }) => responses.record(answer),
    ({ surveys }) => surveys.erase([ref]),
  );
  expect([met.first.kind, met.waited]).toEqual(["recorded", true]);
  const { responses, journal, outbox, surveys, metrics } = server.storage();
  const page = { limit: 5, cursor: null, dead: false };
  expect(await responses.find(ref)).toBeNull();
  expect(await journal.list(ref)).toEqual([]);
  expect((await outbox.list(ref.workspaceId, page)).items).toEqual([]);
  expect(await surveys.findByToken(answer.tokenHash)).toBeNull();
  expect(await metrics.read({ workspaceId: ref.workspaceId, ...windows })).toEqual({
    sent: [],
    ratings: [],
    resolvers: [],
    cohortAnswered: 0,
  });
  const due = await server
    .pool()
    .query("select 1 from csat.due_events where workspace_id = $1", [ref.workspaceId]);
  expect(due.rows).toEqual([]);
});

test("an answer that waits for an erase finds an unknown link", async () => {
  // S56
  const { ref, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ surveys }) => surveys.erase([ref]),
    ({ responses }) => responses.record(answer),
  );
  expect([met.second, met.waited]).toEqual([{ kind: "unknown_token" }, true]);
  expect(await server.storage().responses.find(ref)).toBeNull();
});

test("of two answers the one that waits is told that it is a duplicate", async () => {
  // S24
  const { ref, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ responses }) => responses.record(answer),
    ({ responses }) => responses.record({ ...answer, rating: 1, eventId: "another" }),
  );
  expect([met.first.kind, met.second, met.waited]).toEqual(["recorded", { kind: "duplicate" }, true]);
  expect(await server.storage().responses.find(ref)).toMatchObject({ rating: 5 });
});

const earlier = (ref: ReturnType<typeof aTicket>) => [{ ...ref, actorId: "ben", resolvedAt: at(-5) }];

test("a resolution told late moves a response that is being recorded to its actor", async () => {
  // S46
  const { ref, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ responses }) => responses.record(answer),
    ({ resolutions }) => resolutions.record(earlier(ref)),
  );
  expect(met.waited).toBe(true);
  const { resolvers } = await server.storage().metrics.read({ workspaceId: ref.workspaceId, ...windows });
  expect(resolvers).toEqual([{ actorId: "ben", rating: 5, count: 1 }]);
  expect(await server.storage().surveys.find(ref)).toMatchObject({ status: "answered", resolvedBy: "ben" });
});

test("an answer that waits for a late resolution belongs to the earlier actor", async () => {
  // S46
  const { ref, answer } = await aMailUnderWay();
  const met = await meeting(
    server,
    ({ resolutions }) => resolutions.record(earlier(ref)),
    ({ responses }) => responses.record(answer),
  );
  expect([met.second.kind, met.waited]).toEqual(["recorded", true]);
  expect(await server.storage().surveys.find(ref)).toMatchObject({ status: "answered", resolvedBy: "ben" });
});
