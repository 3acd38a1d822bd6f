import { CsatError } from "@csat/core";

/** What a method does until it is written. Delete this file with the last call of it. */
export function notWrittenYet(method: string): never {
  const message = `${method} is not written yet. Its contract: docs/adapters/writing-an-adapter.md.`;
  throw new CsatError("storage_failed", message);
}
