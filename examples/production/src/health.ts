import type { Csat } from "@csat/core";
import { Hono } from "hono";

// A check that hangs must not keep the orchestrator waiting: its own patience is often a second.
const checkTimeoutMs = 2_000;

/**
 * `/healthz` says that the process runs: restart it when it does not answer. `/readyz` says whether it can serve: 503 takes
 * it out of the load balancer. That asks the database alone. A worker that stopped, a mail server that is down and a
 * backlog are for alerts: without this process nobody would be helped. Strangers may ask, so neither tells what waits.
 */
export function healthRoutes(parts: {
  readonly csat: Pick<Csat, "health">;
  readonly isStopping: () => boolean;
}): Hono {
  const { csat, isStopping } = parts;
  return new Hono()
    .get("/healthz", (context) => context.json({ status: "ok" }))
    .get("/readyz", async (context) => {
      if (isStopping()) return context.json({ status: "not_ready", reason: "stopping" }, 503);
      const isAnswered = await within(checkTimeoutMs, csat.health());
      return isAnswered
        ? context.json({ status: "ready" })
        : context.json({ status: "not_ready", reason: "database" }, 503);
    });
}

/** False when it fails or takes longer. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const answered = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, patience]);
  } finally {
    clearTimeout(timer);
  }
}
