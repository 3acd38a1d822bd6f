import { CsatError, isCsatError } from "@csat/core";
import { sql } from "drizzle-orm";
import { driverError } from "./driver-error.ts";
import { type InTurn, oneAfterAnother } from "./in-turn.ts";
import type { Rows, Sqlite } from "./open-sqlite.ts";

/** One method of the port, written against rows: read, decide in plain TypeScript, write. */
export type Step<Given extends readonly unknown[], Result> = (rows: Rows, ...given: Given) => Promise<Result>;

/** Makes a step the method of a port. */
export interface Access {
  readonly read: <Given extends readonly unknown[], Result>(
    step: Step<Given, Result>,
  ) => (...given: Given) => Promise<Result>;
  readonly write: <Given extends readonly unknown[], Result>(
    step: Step<Given, Result>,
  ) => (...given: Given) => Promise<Result>;
}

/**
 * Methods of the storage itself. A read is one statement, which sees what is committed and waits for nobody. A write is
 * a transaction: SQLite lets one writer in at a time, so what it reads stays true until it commits.
 */
export function ownAccess({ reader, transaction }: Sqlite): Access {
  return {
    read:
      (step) =>
      (...given) =>
        told(() => step(reader, ...given)),
    write:
      (step) =>
      async (...given) => {
        // Copied before the wait: the caller may go on with what it handed over.
        const kept = structuredClone(given);
        return told(() => transaction((tx) => step(tx, ...kept)));
      },
  };
}

const turns = new WeakMap<Rows, InTurn>();

/**
 * Methods inside a transaction that is open: ours, or one of the host. They take turns, because a method that decides
 * on what it read must not be interleaved with another; each lands whole or not at all.
 */
export function joinedAccess(tx: Rows): Access {
  const inTurn = turns.get(tx) ?? oneAfterAnother();
  turns.set(tx, inTurn);
  const method: Access["write"] =
    (step) =>
    async (...given) => {
      const kept = structuredClone(given);
      return inTurn(() => told(() => inSavepoint(tx, () => step(tx, ...kept))));
    };
  return { read: method, write: method };
}

/** Undoes what `work` wrote when it fails, and leaves the transaction around it usable. */
async function inSavepoint<Result>(tx: Rows, work: () => Promise<Result>): Promise<Result> {
  await tx.run(sql`savepoint csat`);
  try {
    const result = await work();
    await tx.run(sql`release csat`);
    return result;
  } catch (error) {
    await tx.run(sql`rollback to csat`);
    await tx.run(sql`release csat`);
    throw error;
  }
}

/** Errors of the driver become `storage_failed`, once; ours pass. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isCsatError(error)) throw error;
    const cause = driverError(error);
    throw new CsatError("storage_failed", "SQLite refused a statement. Its own error is the cause.", {
      cause,
    });
  }
}
