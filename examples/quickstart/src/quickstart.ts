// The whole life of one survey, from the resolved ticket to the answer, with real parts: Postgres (PGlite, in memory),
// a mail server and a web server inside this process. `npm start` here prints every step, and ends. With DATABASE_URL,
// mysql://… or postgres://…, it happens on that server.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCsat, type TicketSnapshot } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler, memoryWebhookTransport } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { openStorage } from "./open-storage.ts";

const step = (title: string, ...details: readonly unknown[]) => {
  console.log(`\n${title}`);
  for (const detail of details) console.log(" ", detail);
};
// Both servers listen on TCP, so their addresses are objects.
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

// Your helpdesk, here with a single ticket. CSAT reads it again right before it sends.
const ticket: TicketSnapshot = {
  ticketId: "T-1",
  status: "resolved",
  subject: "My order has not arrived",
  url: null,
  workspaceName: "Acme",
  customer: { name: "Ann", email: "ann@customer.example", locale: "en" },
  assignee: { id: "bob", name: "Bob" },
};
// A workspace of its own each time: a server remembers.
const workspaceId = `acme-${Date.now()}`;
const ref = { workspaceId, ticketId: ticket.ticketId };

// A mail server that hands over the one mail it gets.
const smtp = new SMTPServer({ disabledCommands: ["AUTH", "STARTTLS"] });
const inbox = new Promise<ParsedMail>((deliver) => {
  smtp.onData = (stream, _session, done) => deliver(simpleParser(stream).finally(() => done()));
});
await once(smtp.listen(0, "localhost"), "listening");
const web = createServer().listen(0, "127.0.0.1");
await once(web, "listening");

// The library: a database, a scheduler, a mailer, your tickets. This is what you write.
const { storage, close } = await openStorage(process.env.DATABASE_URL);
const csat = createCsat({
  storage,
  scheduler: inProcessScheduler(),
  mailer: nodemailerMailer({
    transport: `smtp://localhost:${portOf(smtp.server)}`,
    from: "csat@acme.example",
  }),
  tickets: { getTicket: async () => ticket, getTickets: async () => [ticket] },
  webhooks: memoryWebhookTransport(),
  publicUrl: `http://127.0.0.1:${portOf(web)}/csat`,
});
web.on("request", toNodeListener(createHandler(csat, { basePath: "/csat", authorize: async () => null })));
await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
const worker = await csat.startWorker();

const resolved = await csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: new Date() });
step("1. Bob resolves the ticket.", `survey: ${resolved.kind}`);
const { subject, text = "" } = await inbox;
step("2. Ann gets a mail.", `Subject: ${subject}`, text);
const link = /http\S+rating=5/.exec(text)?.[0] ?? "";
step("3. She opens its link; nothing is recorded yet.", (await fetch(link)).status);
const answer = { method: "POST", body: new URLSearchParams({ rating: "5", comment: "Thank you!" }) };
const [first, second] = [await fetch(link, answer), await fetch(link, answer)];
step("4. She sends the form, and by mistake once more.", first.status, second.status);
step("5. The rating stands on the ticket.", await csat.getTicketPanel(ref));
step("6. Its event waits for your webhooks.", ...(await csat.listEvents(workspaceId)).items);
step("7. CSAT explains every decision.", ...(await csat.explain(ref)).map(({ event }) => event));

await worker.stop();
web.close();
smtp.close();
await close();
