import { CsatError } from "@csat/core";
import { draftTables, type Tables } from "./tables.ts";

/** One step on the tables: whole, at once, without waiting for anything. */
export type Step<Given extends readonly unknown[], Result> = (tables: Tables, ...given: Given) => Result;

/**
 * How the stores reach the tables: what they make of a step is the method of a port. Values go in and out as copies,
 * as they would over a wire: nobody changes a row by changing a Date.
 */
export interface Access {
  readonly read: <Given extends readonly unknown[], Result>(
    step: Step<Given, Result>,
  ) => (...given: Given) => Promise<Result>;
  readonly write: <Given extends readonly unknown[], Result>(
    step: Step<Given, Result>,
  ) => (...given: Given) => Promise<Result>;
}

/** One after another: work starts when all that came before it has ended, well or badly. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A queue for writers. */
export function writersInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.then(ignore, ignore);
    return turn;
  };
}

/** Reads see what is committed and never wait. A write waits its turn and lands whole or, when it throws, not at all. */
export function committedAccess(committed: Tables, inTurn: InTurn): Access {
  return {
    read:
      (step) =>
      async (...given) =>
        structuredClone(step(committed, ...structuredClone(given))),
    write:
      (step) =>
      async (...given) => {
        // Copied before the wait: the caller may go on with what it handed over.
        const kept = structuredClone(given);
        return inTurn(async () => {
          const draft = draftTables(committed);
          const result = step(draft, ...kept);
          draft.commit();
          return structuredClone(result);
        });
      },
  };
}

/** Reads and writes of one transaction, which `isOver` ends. */
export function transactionAccess(draft: Tables, isOver: () => boolean): Access {
  const method: Access["write"] =
    (step) =>
    async (...given) => {
      if (isOver()) {
        throw new CsatError(
          "storage_failed",
          "A transaction was used after it had ended. Await every call inside `transaction(work)`.",
        );
      }
      return structuredClone(step(draft, ...structuredClone(given)));
    };
  return { read: method, write: method };
}

function ignore(): void {}
