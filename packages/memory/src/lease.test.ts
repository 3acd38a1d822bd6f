import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { memoryStorage } from "./storage.ts";

const minute = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1, 12, minutes));
const ref = { workspaceId: "acme", ticketId: "T1" };
const page = { workspaceId: "acme", workspaceName: "Acme", ticketSubject: "Printer", locale: null };
const leaseForMs = 60_000;

/** A survey, due at minute 60, whose first worker has claimed it. */
async function aClaimed() {
  const clock = fakeClock();
  const storage = memoryStorage({ clock });
  await storage.surveys.arm([{ ...ref, id: "s1", resolvedAt: minute(0), dueAt: minute(60) }]);
  const claim = async (at = 60) => {
    const [claimed] = await storage.surveys.claimDue({ now: minute(at), leaseForMs, limit: 1 });
    if (claimed === undefined) throw new Error("nothing was due");
    return { workspaceId: "acme", id: "s1", leaseId: claimed.leaseId };
  };
  return { clock, storage, claim, first: await claim() };
}

test("a send does not begin once its lease has run out, although nobody took it over", async () => {
  // S10
  const { clock, storage, first } = await aClaimed();
  await clock.advance(leaseForMs);
  expect(await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs })).toBe(false);
  expect(await storage.surveys.findByToken("h1")).toBeNull();
  expect(await storage.surveys.find(ref)).toMatchObject({ attempts: 0, mayHaveReached: false });
});

test("beginning a send renews the lease from then on", async () => {
  // S11
  const { clock, storage, first } = await aClaimed();
  await clock.advance(leaseForMs - 1);
  expect(await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs })).toBe(true);
  await clock.advance(leaseForMs - 1);
  const claim = { now: minute(60), leaseForMs, limit: 1 };
  expect(await storage.surveys.claimDue(claim)).toEqual([]);
  await clock.advance(1);
  expect(await storage.surveys.claimDue(claim)).toHaveLength(1);
});

test("a lease that ran out still settles while nobody has taken the survey over", async () => {
  // S11
  const { clock, storage, first } = await aClaimed();
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  await clock.advance({ hours: 1 });
  const sent = { ...first, sentAt: minute(61), messageId: null };
  expect(await storage.surveys.markSent(sent)).toBe("done");
  expect(await storage.surveys.find(ref)).toMatchObject({ status: "sent", sentAt: minute(61) });
});

test("a worker that was overtaken changes nothing", async () => {
  // S10
  const { clock, storage, claim, first } = await aClaimed();
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  await clock.advance(leaseForMs);
  await claim();
  const before = await storage.surveys.find(ref);
  const failure = { retryAt: null, refused: true, countsAsAttempt: false, error: "late" };
  expect(await storage.surveys.beginSend(first, { tokenHash: "h2", page, leaseForMs })).toBe(false);
  expect(await storage.surveys.markSent({ ...first, sentAt: minute(61), messageId: null })).toBe(
    "lost_lease",
  );
  expect(await storage.surveys.markSkipped({ ...first, reason: "expired" })).toBe("lost_lease");
  expect(await storage.surveys.markFailed({ ...first, ...failure })).toBe("lost_lease");
  await storage.surveys.release([first]);
  expect(await storage.surveys.find(ref)).toEqual(before);
});

test("an answer before the mail is known as accepted makes the survey sent when its send began", async () => {
  // S41
  const begunAt = new Date("2026-03-01T13:00:07.000Z");
  for (const [given, expected] of [
    [{ begunAt }, begunAt],
    [{}, minute(60)],
  ] as const) {
    const { storage, first } = await aClaimed();
    await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs, ...given });
    const answer = {
      tokenHash: "h1",
      rating: 5,
      comment: null,
      respondedAt: minute(62),
      eventId: null,
    } as const;
    await storage.responses.record(answer);
    expect(await storage.surveys.find(ref)).toMatchObject({ status: "answered", sentAt: expected });
  }
});

test("a survey that waits for its retry and may have reached somebody is not armed from a remembered resolution", async () => {
  // S4
  const { storage, first } = await aClaimed();
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  const failure = { retryAt: minute(65), refused: false, countsAsAttempt: true, error: "cut off" };
  await storage.surveys.markFailed({ ...first, ...failure });
  await storage.surveys.arm([{ ...ref, id: "s2", resolvedAt: minute(62), dueAt: minute(122) }]);
  expect(await storage.surveys.leave([{ ...ref, at: minute(61), reason: "reopened" }])).toEqual([
    { ...ref, kind: "canceled", surveyId: "s1", generation: 1 },
  ]);
  expect(await storage.surveys.find(ref)).toMatchObject({ status: "canceled", reason: "reopened" });
});

test("a resumed claim that is given back after the ticket was left is canceled, and never armed again", async () => {
  // S4
  const { clock, storage, claim, first } = await aClaimed();
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  await clock.advance(leaseForMs);
  const second = await claim();
  await storage.surveys.leave([{ ...ref, at: minute(61), reason: "merged" }]);
  await storage.surveys.arm([{ ...ref, id: "s2", resolvedAt: minute(62), dueAt: minute(122) }]);
  await storage.surveys.release([second]);
  expect(await storage.surveys.find(ref)).toMatchObject({
    status: "canceled",
    reason: "merged",
    generation: 1,
    mayHaveReached: true,
  });
});
