import { inspect } from "node:util";
import { fieldOf, isCsatError } from "@csat/core";
import { mysqlStorage } from "@csat/mysql";
import { beforeEach, describe, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { at, aWorkspace, ticketChange, ticketHead, ticketKey } from "./support/heads.ts";

const server = connections(2);
const comment = "My card number is 4111-1111.";

/** An answer with that comment, behind a link with that hash. */
async function answerError(prepare: boolean): Promise<{ readonly error: unknown; readonly hash: string }> {
  const key = ticketKey(aWorkspace());
  const hash = `hash of ${key.workspaceId}`;
  const answer = {
    kind: "put",
    surveyId: "s1",
    rating: 5,
    comment,
    respondedAt: at(1),
    resolvedBy: null,
  } as const;
  const error = await mysqlStorage(server.pool(), { prepare })
    .auto.write([{ ...ticketChange(key), tokens: [{ hash, key }], answer }])
    .then(
      () => new Error("nothing failed"),
      (thrown: unknown) => thrown,
    );
  return { error, hash };
}

function expectToTellNothing(error: unknown, secrets: readonly string[]): void {
  const told = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
  for (const secret of secrets) expect(told).not.toContain(secret);
}

/** What is broken, the numbers that a server may give it (MariaDB and MySQL differ for a check), and how. */
const breakages: readonly (readonly [string, readonly number[], readonly string[]])[] = [
  [
    "a constraint of the host",
    [4025, 3819],
    ["alter table csat_answers add constraint short check (length(comment) < 5)"],
  ],
  ["a column that is too narrow", [1406], ["alter table csat_answers modify comment varchar(5)"]],
  [
    "a trigger of the host that quotes the row",
    [1644],
    [
      "create trigger loud before insert on csat_answers for each row signal sqlstate '45000' set message_text = new.comment",
    ],
  ],
];

describe.each([true, false])("an error of mysql2 (prepared: %s)", (prepare) => {
  beforeEach(async () => {
    await server.pool().query("drop trigger if exists loud");
    await server
      .pool()
      .query("alter table csat_answers drop constraint short")
      .catch(() => {});
    await server.pool().query("alter table csat_answers modify comment longtext character set utf8mb4");
  });

  test.each(breakages)(
    "from %s keeps its number and tells neither comment nor token",
    async (_what, numbers, ddl) => {
      for (const statement of ddl)
        await server
          .pool()
          .query(statement)
          .catch(() => {});
      const { error, hash } = await answerError(prepare);
      expect(isCsatError(error, "storage_failed")).toBe(true);
      const cause: unknown = error instanceof Error ? error.cause : null;
      expect(numbers).toContain(fieldOf(cause, "errno"));
      expectToTellNothing(error, [comment, hash]);
    },
  );

  test("about a missing table names it and says what to do", async () => {
    const error = await mysqlStorage(server.pool(), { tablePrefix: "nowhere_", prepare })
      .auto.write([ticketChange(ticketKey("w1", "T7"))])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "storage_failed", cause: { code: "ER_NO_SUCH_TABLE", errno: 1146 } });
    expect(String(error)).toContain("ticket T7 of workspace w1");
    expect(String(error)).toContain("Run migrate(db)");
    expect(inspect(error)).toContain("nowhere_tickets");
  });

  test("about a statement quotes nothing of it", async () => {
    await server.pool().query("alter table csat_answers rename column comment to words");
    const { error, hash } = await answerError(prepare);
    await server.pool().query("alter table csat_answers rename column words to comment");
    expect(error).toMatchObject({ code: "storage_failed", cause: { code: "ER_BAD_FIELD_ERROR" } });
    expectToTellNothing(error, [comment, hash]);
  });
});

test("a victim of a deadlock keeps its number, and the host is told to repeat its transaction", async () => {
  // S57
  const workspaceId = aWorkspace();
  const [one, other] = [ticketKey(workspaceId, "T1"), ticketKey(workspaceId, "T2")];
  await server.storage().auto.write([ticketChange(one), ticketChange(other)]);
  const both = await Promise.allSettled(
    [
      [one, other],
      [other, one],
    ].map((keys) =>
      server.db().transaction(async (tx) => {
        const session = server.storage().within(tx);
        for (const key of keys) {
          await session.write([{ heads: [ticketHead(key, { expected: 1 })] }]);
          // Some round trips, so that the other one gets to its first record.
          for (let reads = 0; reads < 30; reads++) await session.byToken("nobody's");
        }
      }),
    ),
  );
  const failed: unknown[] = both.flatMap((settled) =>
    settled.status === "rejected" ? [settled.reason] : [],
  );
  expect(failed).toMatchObject([
    {
      code: "storage_failed",
      message: expect.stringContaining("repeat the whole transaction"),
      cause: { code: "ER_LOCK_DEADLOCK", errno: 1213, sqlState: "40001" },
    },
  ]);
  expect(server.deadlocks()).toBe(1);
});
