import type { Backlog, Csat } from "@csat/core";
import { Hono } from "hono";

/** One thing that keeps a process from being ready, in words for whoever is on call. */
export type Reason = string;

// A check that hangs must not keep the orchestrator waiting: its own patience is often a second.
const checkTimeoutMs = 2_000;

/**
 * `/healthz` says that the process runs: restart it when it does not answer. `/readyz` says that it can do its work:
 * 503 with reasons takes it out of the load balancer without a restart, which would mend nothing here.
 */
export function healthRoutes(parts: {
  readonly csat: Pick<Csat, "health">;
  readonly maxLagMs: number;
  readonly isStopping: () => boolean;
}): Hono {
  const { csat, maxLagMs, isStopping } = parts;
  return new Hono()
    .get("/healthz", (context) => context.json({ status: "ok" }))
    .get("/readyz", async (context) => {
      if (isStopping())
        return context.json({ status: "not_ready", reasons: ["the process is stopping"] }, 503);
      const backlog = await within(checkTimeoutMs, csat.health());
      const reasons =
        backlog === null
          ? ["the database does not answer"]
          : reasonsIn(backlog, { maxLagMs, now: new Date() });
      const status = reasons.length === 0 ? "ready" : "not_ready";
      return context.json({ status, reasons, backlog }, reasons.length === 0 ? 200 : 503);
    });
}

/** What a backlog says against being ready. Redis is not asked: without it surveys leave with the sweep, a little later. */
export function reasonsIn(
  backlog: Backlog,
  given: { readonly maxLagMs: number; readonly now: Date },
): readonly Reason[] {
  const lagMs = backlog.oldestDueAt === null ? 0 : given.now.getTime() - backlog.oldestDueAt.getTime();
  if (lagMs <= given.maxLagMs) return [];
  return [
    `${backlog.dueSurveys} surveys are due, the oldest for ${Math.round(lagMs / 1_000)} s: is a worker running, does mail work?`,
  ];
}

/** Null when it fails or takes longer. */
async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([work.catch(() => null), patience]);
  } finally {
    clearTimeout(timer);
  }
}
