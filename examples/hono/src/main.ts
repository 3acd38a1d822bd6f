import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { handler, port, sampleLink } from "./csat.ts";

serve({ fetch: createApp(handler, sampleLink).fetch, port, hostname: "localhost" }, () => {
  console.log(`Open http://localhost:${port} and answer a survey.`);
});
