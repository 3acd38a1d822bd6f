import { createApp } from "./app.ts";
import { handler, port, sampleLink } from "./csat.ts";

await createApp(handler, sampleLink).listen({ port, host: "localhost" });
console.log(`Open http://localhost:${port} and answer a survey.`);
