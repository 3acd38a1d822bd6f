import type { Host } from "./open-host.ts";

/** What customers and receivers may well write. */
const hostile = `<img src=x onerror="alert(1)"> \u202Edrawkcab ${"😡".repeat(40)} ${"W".repeat(300)}`;

/** Its first characters, none of them in halves. */
export function cut(length: number): string {
  return Array.from(hostile).slice(0, length).join("");
}

/** Fills a host with a ticket in each state, some of them with texts that try to break out. */
export async function fillHost(host: Host): Promise<void> {
  const { csat, clock, mailer, webhooks } = host;
  await csat.updateSettings("acme", {
    enabled: true,
    sendDelay: "immediately",
    subject: cut(90),
  });
  webhooks.setEndpoints([
    { id: "billing", url: "https://billing.example/hooks" },
    { id: cut(40), url: "https://crm.example/hooks" },
  ]);
  await resolve(host, "sent");
  await answer(host, { ticketId: "answered", rating: 5, comment: "Quick and friendly.\nThank you." });
  await answer(host, { ticketId: "taken", rating: 4, comment: null });
  const away = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" } as const;
  webhooks.answerWith(({ endpoint }) => (endpoint.id === "billing" ? { ok: true } : away));
  await answer(host, { ticketId: "late", rating: 3, comment: null });
  webhooks.answerWith({ ...away, retryable: false, error: `HTTP 400: ${hostile}` });
  await answer(host, { ticketId: cut(20), rating: 2, comment: hostile });
  mailer.answerNext({ kind: "refused", error: "SMTP 550 no such user" });
  await resolve(host, "failed");
  await csat.ticketResolved({
    ...(await put(host, "gone")),
    actorId: cut(60),
    resolvedAt: clock.now(),
  });
  await csat.ticketLeft({ workspaceId: "acme", ticketId: "gone", at: clock.now(), reason: "reopened" });
  await csat.updateSettings("acme", { cooldownDays: 30 });
  await resolve(host, "asked");
  await resolve(host, "asked-again");
  await csat.leaveOut([await put(host, "left-out")], { actorId: cut(60) });
  await csat.updateSettings("acme", { sendDelay: "24_hours" });
  await resolve(host, "scheduled");
}

async function put({ tickets }: Host, ticketId: string) {
  const customer = { name: hostile, email: "ada@example.com", locale: null };
  const ticket = { ticketId, subject: hostile, status: "resolved", workspaceName: "Acme", customer } as const;
  tickets.put("acme", ticket);
  return { workspaceId: "acme", ticketId };
}

async function resolve(host: Host, ticketId: string): Promise<void> {
  const { csat, clock } = host;
  await csat.ticketResolved({ ...(await put(host, ticketId)), actorId: "bob", resolvedAt: clock.now() });
  await csat.runDue();
}

/** A resolved ticket whose customer answers, and whose event is delivered once. */
export async function answer(
  host: Host,
  given: { readonly ticketId: string; readonly rating: 1 | 2 | 3 | 4 | 5; readonly comment: string | null },
): Promise<void> {
  await resolve(host, given.ticketId);
  const token = host.mailer.sent.at(-1)?.text.match(/\/r\/([\w-]+)\?/)?.[1] ?? "";
  await host.csat.submitResponse({ token, rating: given.rating, comment: given.comment });
  await host.csat.runDue();
}
