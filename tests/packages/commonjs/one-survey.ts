import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { CsatError, createCsat, isCsatError, type Mail, type TicketSnapshot } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler, memoryStorage, memoryWebhookTransport } from "@csat/memory";

const ticket: TicketSnapshot = {
  ticketId: "T1",
  status: "resolved",
  subject: "My order",
  url: null,
  workspaceName: "Acme",
  customer: { name: "Ann", email: "ann@customer.example", locale: "en" },
  assignee: null,
};

/**
 * A survey in a host of its own, from the resolved ticket over the mail and the page to the panel, and an error that is
 * recognised. Copied into bare projects, and compiled and run there: it uses nothing newer than TypeScript 4.9.
 */
export async function oneSurvey(): Promise<string> {
  let deliver: (mail: Mail) => void = () => undefined;
  const mailed = new Promise<Mail>((resolve) => {
    deliver = resolve;
  });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // The server listens on TCP, so its address is an object.
  const { port } = server.address() as AddressInfo;
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer: {
      send: async (mail) => {
        deliver(mail);
        return { kind: "accepted", messageId: null };
      },
    },
    tickets: { getTicket: async () => ticket, getTickets: async () => [ticket] },
    webhooks: memoryWebhookTransport(),
    publicUrl: `http://127.0.0.1:${port}/csat`,
  });
  server.on(
    "request",
    toNodeListener(createHandler(csat, { basePath: "/csat", authorize: async () => null })),
  );
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  const worker = await csat.startWorker();
  try {
    const ref = { workspaceId: "acme", ticketId: "T1" };
    await csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: new Date() });
    const link = /http\S+rating=5/.exec((await mailed).text);
    const status = await post(link === null ? "" : link[0], "rating=5&comment=Thanks");
    const panel = await csat.getTicketPanel(ref);
    const rating = panel.state === "answered" ? panel.response.rating : null;
    return `status ${status}, rating ${rating}, ${await refusal()}`;
  } finally {
    await worker.stop();
    server.close();
  }
}

async function refusal(): Promise<string> {
  try {
    // What a host without types may pass.
    createCsat(Object.create(null));
    return "not refused";
  } catch (error) {
    return error instanceof CsatError && isCsatError(error, "invalid_config") ? error.code : String(error);
  }
}

// Not by `fetch`: the types of Node 18 are all that this needs.
async function post(url: string, body: string): Promise<number> {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": body.length,
    connection: "close",
  };
  const outgoing = request(url, { method: "POST", headers });
  outgoing.end(body);
  const [answer] = await once(outgoing, "response");
  answer.resume();
  return answer.statusCode;
}
