import type { Server } from "node:http";
import { addCsat } from "./csat.ts";
import { addRoutes, type HelpdeskConfig, openHelpdesk } from "./helpdesk/helpdesk.ts";

/** Starts the helpdesk, with surveys by one line. `stop` lets running work end. */
export async function startHelpdesk(config: HelpdeskConfig & { readonly port: number }) {
  const helpdesk = await openHelpdesk(config);
  const { csat, worker } = await addCsat(helpdesk); // without this line the helpdesk is as it was
  addRoutes(helpdesk);
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = helpdesk.app.listen(config.port, (error) =>
      error ? reject(error) : resolve(listening),
    );
  });
  const stop = async () => {
    await worker.stop();
    await new Promise((closed) => server.close(closed));
    await helpdesk.database.destroy();
  };
  return { helpdesk, csat, server, stop };
}
