import { fieldOf } from "../error-kind.ts";
import { CsatError } from "../errors.ts";

/** One statement, with the placeholders of its database. */
export interface HostStatement {
  /** The same name is the same text: a driver may prepare it once per connection. */
  readonly name?: string;
  readonly text: string;
  /** Text, numbers and null. */
  readonly values: readonly unknown[];
}

/** A transaction that the host opened, for `{ tx }`. Whoever opened it commits it or rolls it back. */
export interface HostTransaction {
  /** Answers rows as the driver does: a list, `{ rows }` or `[rows, fields]`. Rejects with what driver or ORM threw, as it is. */
  query(statement: HostStatement): Promise<unknown>;
  /** Asked before the first statement of every call. Rejects with `invalid_input` when the transaction has ended. */
  assertOpen(): Promise<void>;
}

/** Makes the refusals of one function, whose name they begin with. */
export type Refusal = (what: string) => CsatError;

/** The refusals of the function with this name. */
export function refusalOf(from: string): Refusal {
  return (message) =>
    new CsatError("invalid_input", `${from}: ${message}`, { issues: [{ path: "tx", message }] });
}

/** The transaction has ended. */
export const ended =
  "the transaction has ended. Await every call with { tx } before it commits or rolls back.";

/** There is none, as in a hook of an ORM outside a transaction. */
export const noneGiven =
  "no transaction was given. Hooks of an ORM have none where the change has none: call CSAT without { tx } then, after the change.";

/** A pool or a database was given in place of a transaction. */
export const isDatabase =
  "this is the database or a pool, no transaction: its statements would commit one by one. Pass what its transaction hands to you.";

/**
 * Passes within a transaction. Outside of one Postgres refuses a savepoint (25P01), and MySQL forgets it at once (1305).
 * What else the database says goes through.
 */
export async function assertSavepoint(
  run: (text: string) => PromiseLike<unknown>,
  refusal: Refusal,
): Promise<void> {
  try {
    await run("savepoint csat_is_open");
    await run("release savepoint csat_is_open");
  } catch (error) {
    if (fieldOf(error, "code") === "25P01" || fieldOf(error, "errno") === 1305) throw refusal(ended);
    throw error;
  }
}
