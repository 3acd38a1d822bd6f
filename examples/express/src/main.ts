import { createApp } from "./app.ts";
import { handler, port, sampleLink } from "./csat.ts";

createApp(handler, sampleLink).listen(port, "localhost", () => {
  console.log(`Open http://localhost:${port} and answer a survey.`);
});
