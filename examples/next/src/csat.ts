import { createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";

// Next loads a module once per bundle, and again after each edit; the process keeps one CSAT.
declare global {
  var csatExample: ReturnType<typeof wire> | undefined;
}
globalThis.csatExample ??= wire();
export const { handler, sampleLink } = globalThis.csatExample;

function wire() {
  const [tickets, mailer] = [memoryTickets(), memoryMailer()];
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer,
    tickets,
    publicUrl: `http://localhost:${process.env.PORT ?? 3000}/csat`,
  });
  return {
    handler: createHandler(csat, {
      basePath: "/csat",
      // Nobody is an operator here. Yours looks up the session: { workspaceId, userId, role }.
      authorize: async () => null,
      onError: (error) => console.error(error),
    }),
    /** Resolves a new ticket and answers the link that its customer finds in the mail. */
    async sampleLink(): Promise<string> {
      const ref = { workspaceId: "acme", ticketId: crypto.randomUUID() };
      const customer = { name: "Ann", email: "ann@customer.example", locale: null };
      tickets.put("acme", { ticketId: ref.ticketId, status: "resolved", subject: "My order", customer });
      await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
      await csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: new Date() });
      await csat.runDue();
      return /http\S+rating=5/.exec(mailer.sent.at(-1)?.text ?? "")?.[0] ?? "/";
    },
  };
}
