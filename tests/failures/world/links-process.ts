// A helpdesk's process that asks for links to every ticket and records an answer to each, while another does the same.
import { createCsat } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { openDatabase } from "./open-database.ts";

/** How many calls answered what: `issued`, `again`, `not_issued`, `recorded`, `duplicate`, or the code of an error. */
export type Outcomes = Readonly<Record<string, number>>;

const workspaceId = "acme";
const atOnce = 20;

process.on("disconnect", () => process.exit(1));
process.on("message", (ask: { readonly databaseUrl: string; readonly tickets: number }) => void work(ask));

async function work({ databaseUrl, tickets }: { readonly databaseUrl: string; readonly tickets: number }) {
  const { storage, end } = openDatabase({ databaseUrl, name: "links", connections: 10 }, (error) => {
    throw error;
  });
  const nobody = async (): Promise<never> => {
    throw new Error("asked");
  };
  const csat = createCsat({
    storage,
    scheduler: inProcessScheduler(),
    mailer: { send: nobody },
    tickets: { getTicket: nobody, getTickets: nobody },
    webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
    publicUrl: "https://help.example.com/csat",
  });
  const outcomes: Record<string, number> = {};
  const note = (kind: string) => {
    outcomes[kind] = (outcomes[kind] ?? 0) + 1;
  };
  const noted = async (call: Promise<object & { readonly kind?: string }>) => {
    await call.then(
      ({ kind }) => note(kind ?? "recorded"),
      (error: unknown) => note(String(Object(error).code)),
    );
  };

  async function askAndAnswer(ticketId: string): Promise<void> {
    const ref = { workspaceId, ticketId };
    const resolution = { actorId: "olivia", resolvedAt: new Date() };
    const outcome = await csat.issueLinks({ ref, ticket: resolved(ticketId), resolution });
    note(outcome.kind === "issued" && outcome.again ? "again" : outcome.kind);
    const taken = { ref, rating: 2, channel: "phone", actorId: null } as const;
    // Both ways at once: one of them wins, here or in the other process.
    await Promise.all([
      noted(csat.recordAnswer(taken)),
      outcome.kind === "issued"
        ? noted(csat.submitResponse({ token: outcome.link.split("/").at(-1) ?? "", rating: 5 }))
        : null,
    ]);
  }

  const waiting = Array.from({ length: tickets }, (_, place) => `T${place}`);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await askAndAnswer(id);
    }),
  );
  await end();
  process.send?.(outcomes);
  process.disconnect();
}

function resolved(ticketId: string) {
  return {
    ticketId,
    status: "resolved",
    subject: "Printer",
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ada", email: null, locale: null },
    assignee: null,
  } as const;
}
