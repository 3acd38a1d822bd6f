import type { Server } from "node:http";
import { observeHealth } from "@csat/opentelemetry";
import { createAdaptorServer } from "@hono/node-server";
import { readConfig } from "./config.ts";
import { wireCsat } from "./csat.ts";
import { connect } from "./database.ts";
import { listeningPort } from "./listening-port.ts";
import { createLogger } from "./logger.ts";
import { migrateAll } from "./migrate.ts";
import { closeServer, shutDownOnSignal } from "./shutdown.ts";
import { startTelemetry } from "./telemetry.ts";
import { webApp } from "./web-app.ts";

const config = readConfig(process.env);
const logger = createLogger({ level: config.LOG_LEVEL, process: "web" });
const stopTelemetry = startTelemetry({ console: config.OTEL_CONSOLE });
const { database, close: closeDatabase } = connect({ url: config.DATABASE_URL, connections: 10, logger });
await migrateAll(database);
const { csat, close: closeCsat } = wireCsat({ config, database, logger });
// Here, not in the worker: the figures must tell of a worker that is gone.
observeHealth(csat);

const app = webApp({ config, csat, database, logger, isStopping: () => isStopping() });
// Made by node:http unless told otherwise.
const server = createAdaptorServer({ fetch: app.fetch }) as Server;
const isStopping = shutDownOnSignal({
  logger,
  steps: [
    { name: "server", run: () => closeServer(server) },
    { name: "csat", run: closeCsat },
    { name: "database", run: closeDatabase },
    { name: "telemetry", run: stopTelemetry },
  ],
});
server.listen(config.PORT, () => logger.info({ port: listeningPort(server) }, "listening"));
