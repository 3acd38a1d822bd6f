import { withDeadline } from "@csat/core";

/** How work with a time limit ended. */
export type Attempt<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly error: unknown }
  /** It goes on and nobody waits for it. */
  | { readonly kind: "late" };

/** Does `work` and waits for it, `timeoutMs` at most. Never rejects. */
export function attempt<Result>({
  timeoutMs,
  work,
}: {
  readonly timeoutMs: number;
  readonly work: () => Promise<Result>;
}): Promise<Attempt<Result>> {
  return withDeadline<Attempt<Result>>({
    timeoutMs,
    work: () => settled(work),
    otherwise: () => ({ kind: "late" }),
  });
}

async function settled<Result>(work: () => Promise<Result>): Promise<Attempt<Result>> {
  try {
    return { kind: "done", result: await work() };
  } catch (error) {
    return { kind: "failed", error };
  }
}
