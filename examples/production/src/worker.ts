import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { readConfig } from "./config.ts";
import { wireCsat } from "./csat.ts";
import { connect } from "./database.ts";
import { healthRoutes } from "./health.ts";
import { listeningPort } from "./listening-port.ts";
import { createLogger } from "./logger.ts";
import { migrateAll } from "./migrate.ts";
import { closeServer, shutDownOnSignal } from "./shutdown.ts";
import { startTelemetry } from "./telemetry.ts";

const config = readConfig(process.env);
const logger = createLogger({ level: config.LOG_LEVEL, process: "worker" });
const stopTelemetry = startTelemetry({ console: config.OTEL_CONSOLE });
// A few more than work at once: the sweep and the health check ask as well.
const connections = config.CONCURRENCY + 5;
const { database, close: closeDatabase } = connect({ url: config.DATABASE_URL, connections, logger });
await migrateAll(database);
const { csat, close: closeCsat } = wireCsat({ config, database, logger });
const worker = await csat.startWorker({ concurrency: config.CONCURRENCY });

const routes = healthRoutes({ csat, isStopping: () => isStopping() });
// Made by node:http unless told otherwise.
const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
const isStopping = shutDownOnSignal({
  logger,
  steps: [
    { name: "worker", run: () => worker.stop({ timeoutMs: 15_000 }) },
    { name: "server", run: () => closeServer(server) },
    { name: "csat", run: closeCsat },
    { name: "database", run: closeDatabase },
    { name: "telemetry", run: stopTelemetry },
  ],
});
server.listen(config.HEALTH_PORT, () =>
  logger.info({ port: listeningPort(server), concurrency: config.CONCURRENCY }, "working"),
);
