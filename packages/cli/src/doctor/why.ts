import { errorCode, errorKind } from "@csat/core";
import type { Attempt } from "../attempt.ts";

/** How work that did not succeed ended, in words that hold no value. */
export function why(failed: Exclude<Attempt<unknown>, { readonly kind: "done" }>, timeoutMs: number): string {
  if (failed.kind === "late") return `no answer within ${timeoutMs / 1_000} s`;
  // An error of ours wraps that of the driver, whose code tells more.
  const { error } = failed;
  return errorCode(error) ?? errorKind(error);
}
