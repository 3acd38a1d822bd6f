import { toNodeListener } from "@csat/http/node";
import express, { type Express } from "express";

/** Mounts CSAT on Express, before every body parser: it reads its bodies itself. */
export function createApp(
  handler: (request: Request) => Promise<Response>,
  sampleLink: () => Promise<string>,
): Express {
  const app = express();
  app.use("/csat", toNodeListener(handler));
  app.use(express.json(), express.urlencoded());
  app.get("/", async (_request, response) => response.redirect(await sampleLink()));
  return app;
}
