import type { Server } from "node:http";
import type { Logger } from "pino";

/** A step of the shutdown; they run in order, and one that fails stops none of the others. */
export interface ShutdownStep {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

// Kubernetes kills after 30 seconds.
const patienceMs = 25_000;

/**
 * Ends the process on SIGTERM or SIGINT: first what takes new work, last what the work needs. Exit code 0, or 1 when
 * the steps took too long: what was cut off then is done again by another process, when its lease ends.
 * Returns whether that has begun.
 */
export function shutDownOnSignal(parts: {
  readonly logger: Logger;
  readonly steps: readonly ShutdownStep[];
}): () => boolean {
  const { logger, steps } = parts;
  let isStopping = false;
  async function stop(signal: string): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "stopping");
    setTimeout(() => {
      logger.error({}, "stopping took too long");
      process.exit(1);
    }, patienceMs).unref();
    for (const { name, run } of steps) {
      await run().catch((error: unknown) =>
        logger.error({ step: name, error: nameOf(error) }, "a step of the shutdown failed"),
      );
    }
    logger.info({}, "stopped");
    logger.flush();
    process.exit(0);
  }
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void stop(signal));
  return () => isStopping;
}

/** Takes no new connection and lets running requests finish; idle connections are closed at once. */
export function closeServer(server: Pick<Server, "close" | "closeIdleConnections">): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
