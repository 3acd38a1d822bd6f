import type { Clock, Csat } from "@csat/core";
import type { HelpdeskDatabase } from "./database.ts";
import { tablesOf } from "./tables/tables.ts";
import { createTicket } from "./tickets.ts";

const samples = [
  {
    subject: "The printer on floor 2 prints everything in green",
    customer: { name: "Maya Okafor", email: "maya@customers.example" },
    assigneeId: "bob",
  },
  {
    subject: "Invoice 4711 shows last year's address",
    customer: { name: "Jürgen Groß", email: "juergen@customers.example" },
    assigneeId: "carol",
  },
  {
    subject: "لا أستطيع تسجيل الدخول",
    customer: { name: "ليلى حداد", email: "layla@customers.example" },
    assigneeId: null,
  },
  {
    subject: "Question from the chat widget: do you ship to Norway?",
    customer: { name: null, email: null },
    assigneeId: "bob",
  },
];

/**
 * Prepares an empty helpdesk for a newcomer, once per database: surveys are on in Acme, a day after the resolution, and
 * a few tickets are open there. Globex stays as the library's defaults leave it.
 */
export async function prepareFirstStart(parts: {
  readonly database: HelpdeskDatabase;
  readonly csat: Pick<Csat, "updateSettings">;
  readonly clock: Clock;
}): Promise<void> {
  const { database, csat, clock } = parts;
  const { demo } = tablesOf(database);
  const [start] = await database.select().from(demo);
  if (start?.preparedAt !== null) return;
  // First, because it may be repeated: a start that is killed here begins anew.
  await csat.updateSettings("acme", { enabled: true, sendDelay: "24_hours" });
  const now = clock.now();
  await database.transaction(async (tx) => {
    // Locked, so that of two processes that start at once one writes the tickets.
    const [row] = await tx.select().from(demo).for("update");
    if (row?.preparedAt !== null) return;
    for (const sample of samples) await createTicket(tx, { ...sample, workspaceId: "acme", now });
    await tx.update(demo).set({ preparedAt: now });
  });
}
