import { isCsatError } from "@csat/core";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aBegunSend, answerTo, aTicket, at, claimRequest, newSurvey } from "./support/survey-steps.ts";

const server = connections();
const levels = ["read committed", "repeatable read", "serializable"] as const;

describe.each(levels)("inside the host's transaction at %s", (isolationLevel) => {
  test("a resolution and a leaving commit or roll back with it", async () => {
    // S57
    for (const end of ["commit", "rollback"] as const) {
      const ref = aTicket();
      const work = server.db().transaction(
        async (tx) => {
          const { resolutions, surveys } = server.storage().within(tx);
          await resolutions.record([{ ...ref, actorId: "ann", resolvedAt: at(0) }]);
          expect(await surveys.arm([newSurvey(ref)])).toMatchObject([{ kind: "armed" }]);
          expect(await surveys.find(ref)).toMatchObject({ status: "scheduled", resolvedBy: "ann" });
          expect(await surveys.leave([{ ...ref, at: at(1), reason: "closed" }])).toMatchObject([
            { kind: "canceled" },
          ]);
          if (end === "rollback") throw new Error("rolled back");
        },
        { isolationLevel },
      );
      const outcome = await work.then(() => "commit", String);
      expect(outcome).toBe(end === "commit" ? "commit" : "Error: rolled back");
      const survey = await server.storage().surveys.find(ref);
      expect(survey?.status).toBe(end === "commit" ? "canceled" : undefined);
    }
  });

  test("what cannot be done is an outcome, and the transaction goes on", async () => {
    // S57
    const ref = aTicket();
    const { tokenHash } = await aBegunSend(server.storage(), ref);
    await server.storage().responses.record(answerTo(tokenHash));
    await server.db().transaction(
      async (tx) => {
        const { surveys, responses } = server.storage().within(tx);
        expect(await surveys.arm([newSurvey(ref), newSurvey(ref)])).toMatchObject([
          { kind: "already_surveyed" },
          { kind: "already_surveyed" },
        ]);
        expect(await responses.record(answerTo(tokenHash))).toEqual({ kind: "duplicate" });
        expect(await responses.record(answerTo("unknown"))).toEqual({ kind: "unknown_token" });
        expect(await surveys.claimDue(claimRequest(ref))).toEqual([]);
        await tx.execute(sql`select 1`);
      },
      { isolationLevel },
    );
  });
});

test("at repeatable read a conflict is storage_failed with 40001, and the repeated transaction succeeds", async () => {
  // S57
  const ref = aTicket();
  const resolveInHost = () =>
    server.db().transaction(
      async (tx) => {
        await tx.execute(sql`select 1 from csat.tickets limit 1`);
        return server
          .storage()
          .within(tx)
          .surveys.arm([newSurvey(ref, at(2), at(62))]);
      },
      { isolationLevel: "repeatable read" },
    );
  const met = meeting(
    server,
    ({ surveys }) => surveys.leave([{ ...ref, at: at(1), reason: "reopened" }]),
    resolveInHost,
  );
  const error: unknown = await met.catch((thrown: unknown) => thrown);
  expect(isCsatError(error, "storage_failed")).toBe(true);
  expect(error).toMatchObject({ cause: { code: "40001" } });
  expect(String(error)).toContain("repeat the whole transaction");
  expect(await resolveInHost()).toMatchObject([{ kind: "armed" }]);
});

test("an own transaction is read committed, commits what it did and rolls back what threw", async () => {
  // S57
  const ref = aTicket();
  const refused = new Error("refused by the caller");
  const work = server.storage().transaction(async ({ surveys }) => {
    await surveys.arm([newSurvey(ref)]);
    throw refused;
  });
  await expect(work).rejects.toBe(refused);
  expect(await server.storage().surveys.find(ref)).toBeNull();
  const outcomes = await server.storage().transaction(({ surveys }) => surveys.arm([newSurvey(ref)]));
  expect(outcomes).toMatchObject([{ kind: "armed" }]);
});
