import { readConfig } from "./config.ts";
import { startHelpdesk } from "./start-helpdesk.ts";

try {
  const helpdesk = await startHelpdesk(readConfig(process.env));
  console.log(`CSAT demo helpdesk: ${helpdesk.origin}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Once: a second signal ends the process at once.
    process.once(signal, () => void helpdesk.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
