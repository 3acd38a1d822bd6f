import { createCsat } from "@csat/core";
import { createHandler, fixedWindowLimiter } from "@csat/http";
import {
  fakeClock,
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import { csatViews } from "@csat/ui";

/** The whole handler over memory, with views, a limiter that lets all through, and one sent survey. */
export interface HostileWorld {
  handle(request: Request): Promise<Response>;
  /** Of the survey's link. */
  readonly token: string;
}

/** Opens one. */
export async function hostileWorld(): Promise<HostileWorld> {
  const clock = fakeClock();
  const mailer = memoryMailer();
  const tickets = memoryTickets();
  const csat = createCsat({
    storage: memoryStorage({ clock }),
    mailer,
    tickets,
    clock,
    scheduler: inProcessScheduler({ clock }),
    webhooks: memoryWebhookTransport({ endpoints: [] }),
    publicUrl: "https://desk.example/csat",
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  tickets.put("acme", {
    ticketId: "T1",
    subject: "Printer on fire",
    status: "resolved",
    customer: { name: "Ada", email: "ada@example.com", locale: null },
  });
  await csat.ticketResolved({
    workspaceId: "acme",
    ticketId: "T1",
    actorId: "bob",
    resolvedAt: clock.now(),
  });
  await csat.runDue();
  const token = /\/r\/([\w-]+)\?rating=/.exec(mailer.sent[0]?.text ?? "")?.[1];
  if (token === undefined) throw new Error("No mail with a link was sent.");
  const handle = createHandler(csat, {
    basePath: "/csat",
    authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
    allowRequest: fixedWindowLimiter({
      perToken: Number.MAX_SAFE_INTEGER,
      perAddress: Number.MAX_SAFE_INTEGER,
      windowMs: 60_000,
      addressOf: (request) => request.headers.get("x-forwarded-for"),
    }),
    views: csatViews({ basePath: "/csat", now: () => clock.now() }),
  });
  return { handle, token };
}
