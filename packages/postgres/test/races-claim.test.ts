import { expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aTicket, at, claimRequest, newSurvey } from "./support/survey-steps.ts";

const server = connections();

test("a claim passes over a survey that is being armed, and finds it afterwards", async () => {
  const ref = aTicket();
  await server.storage().surveys.arm([newSurvey(ref, at(-60), at(0))]);
  await server.storage().surveys.leave([{ ...ref, at: at(-50), reason: "reopened" }]);
  const met = await meeting(
    server,
    ({ surveys }) => surveys.arm([newSurvey(ref)]),
    ({ surveys }) => surveys.claimDue(claimRequest(ref)),
  );
  expect(met.first).toMatchObject([{ kind: "armed", generation: 2 }]);
  expect([met.second, met.waited]).toEqual([[], false]);
  const later = await server.storage().surveys.claimDue(claimRequest(ref));
  expect(later).toMatchObject([{ row: { generation: 2, status: "sending" }, resumed: false }]);
});

test("a resolution that waits for a claim is remembered", async () => {
  // S5
  const ref = aTicket();
  await server.storage().surveys.arm([newSurvey(ref)]);
  const met = await meeting(
    server,
    ({ surveys }) => surveys.claimDue(claimRequest(ref)),
    ({ surveys }) => surveys.arm([newSurvey(ref, at(61), at(121))]),
  );
  const [claimed] = met.first;
  expect(met.second).toEqual([{ ...ref, kind: "already_scheduled" }]);
  expect(met.waited).toBe(true);
  const skipped = await server.storage().surveys.markSkipped({
    workspaceId: ref.workspaceId,
    id: claimed?.row.id ?? "",
    leaseId: claimed?.leaseId ?? "",
    reason: "ticket_not_resolved",
  });
  expect(skipped).toBe("rearmed");
  expect(await server.storage().surveys.find(ref)).toMatchObject({ generation: 2, dueAt: at(121) });
});

test("a claim passes over a survey that is being canceled", async () => {
  const ref = aTicket();
  await server.storage().surveys.arm([newSurvey(ref)]);
  const met = await meeting(
    server,
    ({ surveys }) => surveys.leave([{ ...ref, at: at(30), reason: "closed" }]),
    ({ surveys }) => surveys.claimDue(claimRequest(ref)),
  );
  expect(met.first).toMatchObject([{ kind: "canceled", generation: 1 }]);
  expect([met.second, met.waited]).toEqual([[], false]);
  expect(await server.storage().surveys.claimDue(claimRequest(ref))).toEqual([]);
});

test("a leaving that waits for a claim is too late", async () => {
  // S10
  const ref = aTicket();
  await server.storage().surveys.arm([newSurvey(ref)]);
  const met = await meeting(
    server,
    ({ surveys }) => surveys.claimDue(claimRequest(ref)),
    ({ surveys }) => surveys.leave([{ ...ref, at: at(60), reason: "reopened" }]),
  );
  expect(met.first).toHaveLength(1);
  expect([met.second, met.waited]).toEqual([[{ ...ref, kind: "too_late" }], true]);
  expect(await server.storage().surveys.find(ref)).toMatchObject({ status: "sending", reason: null });
});

test("a claim passes over rows that another claim holds, and takes the next ones", async () => {
  // S10
  const tickets = ["A", "B", "C"].map((ticketId) => ({ ...aTicket(ticketId), workspaceId: "one" }));
  await server.storage().surveys.arm(tickets.map((ref, index) => newSurvey(ref, at(0), at(index))));
  const two = { now: at(60), leaseForMs: 600_000, limit: 2 };
  const met = await meeting(
    server,
    ({ surveys }) => surveys.claimDue(two),
    ({ surveys }) => surveys.claimDue(two),
  );
  expect(met.first.map(({ row }) => row.ticketId)).toEqual(["A", "B"]);
  expect(met.second.map(({ row }) => row.ticketId)).toEqual(["C"]);
  expect(met.waited).toBe(false);
});
