import { createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";

/** Where the example listens. */
export const port = Number(process.env.PORT ?? 3000);
const [tickets, mailer] = [memoryTickets(), memoryMailer()];
const csat = createCsat({
  storage: memoryStorage(),
  scheduler: inProcessScheduler(),
  mailer,
  tickets,
  publicUrl: `http://localhost:${port}/csat`,
});

/** Everything that CSAT says over HTTP. `basePath` is where it is mounted; `publicUrl` ends with it. */
export const handler = createHandler(csat, {
  basePath: "/csat",
  // Nobody is an operator here. Yours looks up the session: { workspaceId, userId, role }.
  authorize: async () => null,
  onError: (error) => console.error(error),
});

/** Resolves a new ticket and answers the link that its customer finds in the mail. */
export async function sampleLink(): Promise<string> {
  const ref = { workspaceId: "acme", ticketId: crypto.randomUUID() };
  const customer = { name: "Ann", email: "ann@customer.example", locale: null };
  tickets.put("acme", { ticketId: ref.ticketId, status: "resolved", subject: "My order", customer });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  await csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: new Date() });
  await csat.runDue();
  return /http\S+rating=5/.exec(mailer.sent.at(-1)?.text ?? "")?.[0] ?? "/";
}
