/** How work with a time limit ended. */
export type Attempt<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly error: unknown }
  /** It goes on and nobody waits for it. */
  | { readonly kind: "late" };

/** Does `work` and waits for it, `timeoutMs` at most. Never rejects. */
export async function attempt<Result>({
  timeoutMs,
  work,
}: {
  readonly timeoutMs: number;
  readonly work: () => Promise<Result>;
}): Promise<Attempt<Result>> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Attempt<Result>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "late" }), timeoutMs);
  });
  try {
    return await Promise.race([settled(work), patience]);
  } finally {
    clearTimeout(timer);
  }
}

async function settled<Result>(work: () => Promise<Result>): Promise<Attempt<Result>> {
  try {
    return { kind: "done", result: await work() };
  } catch (error) {
    return { kind: "failed", error };
  }
}
