// A program for the bundle of core-neutral.test.ts: one survey from the resolution to the panel, with Web standards alone.
import { createCsat } from "@csat/core";
import { fakeClock, inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";

const ticket = { workspaceId: "acme", ticketId: "T-1" };
const clock = fakeClock("2026-03-02T09:00:00.000Z");
const mailer = memoryMailer();
const tickets = memoryTickets();
tickets.put("acme", {
  ticketId: "T-1",
  status: "resolved",
  customer: { email: "ada@example.com", name: "Ada 👩‍💻", locale: "en" },
});

const csat = createCsat({
  storage: memoryStorage({ clock }),
  scheduler: inProcessScheduler(),
  mailer,
  tickets,
  clock,
  publicUrl: "https://help.example.com/csat",
});
await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
const resolved = await csat.ticketResolved({ ...ticket, actorId: "olga", resolvedAt: clock.now() });
const report = await csat.runDue();
const text = mailer.sent[0]?.text ?? "";
const token = /\/r\/([\w-]+)/.exec(text)?.[1] ?? "";
const page = await csat.openSurvey(token);
const response = await csat.submitResponse({ token, rating: 5, comment: "Thank you" });
const panel = await csat.getTicketPanel(ticket);
await csat.eraseTickets([ticket]);
const afterwards = await csat.getTicketPanel(ticket);

console.log(JSON.stringify({ resolved, report, text, page, response, panel, afterwards }));
