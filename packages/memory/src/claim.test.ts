import { expect, test } from "vitest";
import { memoryStorage } from "./storage.ts";

const minute = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1, 12, minutes));
const ref = { workspaceId: "acme", ticketId: "T1" };
const page = { workspaceId: "acme", workspaceName: "Acme", ticketSubject: "Printer", locale: null };
const leaseForMs = 60_000;
const retryLater = { refused: true, countsAsAttempt: true, error: "451" };

/** A survey of a ticket resolved at minute 0, due at minute 60. */
async function aSurvey() {
  const storage = memoryStorage();
  const resolve = (at: number) =>
    storage.surveys.arm([{ ...ref, id: "s1", resolvedAt: minute(at), dueAt: minute(at + 60) }]);
  const reopen = (at: number) => storage.surveys.leave([{ ...ref, at: minute(at), reason: "reopened" }]);
  const claim = async (at: number) => {
    const [claimed] = await storage.surveys.claimDue({ now: minute(at), leaseForMs, limit: 1 });
    if (claimed === undefined) throw new Error("nothing was due");
    return { workspaceId: "acme", id: "s1", leaseId: claimed.leaseId };
  };
  await resolve(0);
  return { storage, resolve, reopen, claim };
}

test("workspaces that are left out are not claimed", async () => {
  const { storage } = await aSurvey();
  await storage.surveys.arm([
    { workspaceId: "globex", ticketId: "T1", id: "g1", resolvedAt: minute(0), dueAt: minute(1) },
  ]);
  const claim = { now: minute(60), leaseForMs, limit: 9 };
  const some = await storage.surveys.claimDue({ ...claim, exceptWorkspaces: ["globex"] });
  expect(some.map(({ row }) => row.id)).toEqual(["s1"]);
  expect(await storage.surveys.claimDue({ ...claim, exceptWorkspaces: ["globex"] })).toEqual([]);
  const rest = await storage.surveys.claimDue({ ...claim, exceptWorkspaces: ["acme"] });
  expect(rest.map(({ row }) => row.id)).toEqual(["g1"]);
});

test("a resolution that came during a claim is still known after it was given back", async () => {
  // S5, S20
  const { storage, resolve, reopen, claim } = await aSurvey();
  const claimed = await claim(60);
  await resolve(62);
  await storage.surveys.release([claimed]);
  expect(await reopen(61)).toEqual([
    {
      ...ref,
      kind: "canceled",
      surveyId: "s1",
      generation: 1,
      rearmed: { generation: 2, dueAt: minute(122) },
    },
  ]);
});

test("a leaving during one generation's send does not cancel the retries of the next", async () => {
  // S10
  const { storage, resolve, reopen, claim } = await aSurvey();
  const first = await claim(60);
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  await reopen(61);
  await resolve(62);
  expect(await storage.surveys.markFailed({ ...first, ...retryLater, retryAt: minute(65) })).toBe("rearmed");
  const second = await claim(122);
  await storage.surveys.beginSend(second, { tokenHash: "h2", page, leaseForMs });
  expect(await storage.surveys.markFailed({ ...second, ...retryLater, retryAt: minute(125) })).toBe("done");
  expect(await storage.surveys.find(ref)).toMatchObject({
    status: "scheduled",
    generation: 2,
    attempts: 1,
    dueAt: minute(125),
    firstDueAt: minute(122),
  });
});

test("what was given back is no longer its worker's, even after an answer through an earlier mail", async () => {
  const { storage, claim } = await aSurvey();
  const first = await claim(60);
  await storage.surveys.beginSend(first, { tokenHash: "h1", page, leaseForMs });
  await storage.surveys.markFailed({ ...first, ...retryLater, refused: false, retryAt: minute(65) });
  const second = await claim(65);
  await storage.surveys.release([second]);
  await storage.responses.record({
    tokenHash: "h1",
    rating: 3,
    comment: null,
    respondedAt: minute(66),
    eventId: null,
  });
  expect(await storage.surveys.markSkipped({ ...second, reason: "expired" })).toBe("lost_lease");
});
