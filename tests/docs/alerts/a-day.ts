import { type Csat, type CsatWorker, createCsat, type Scheduler } from "@csat/core";
import {
  fakeClock,
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import { observeHealth, openTelemetry } from "@csat/opentelemetry";
import { type Figures, figuresOf, type Series } from "./series.ts";

/** What is out of order, from a minute of the day on until another. */
export interface Outage {
  readonly of: "mail server" | "worker" | "Redis" | "receiver";
  readonly from: number;
  readonly until: number;
}

/** Minutes of a day. */
export const minutesOfDay = 1_440;

const workspaces = ["acme", "globex"];

/**
 * A day of a helpdesk with a web process and a worker, minute by minute: a ticket is resolved in each, every third customer
 * answers, now and then an address is wrong or a mailbox is full. Answers what both processes told, scraped each minute.
 */
export async function aDay(outages: readonly Outage[]): Promise<Series> {
  const desk = await aDesk();
  const series: Series = new Map();
  for (let minute = 0; minute < minutesOfDay; minute++) {
    const out = new Set(
      outages.filter(({ from, until }) => from <= minute && minute < until).map(({ of }) => of),
    );
    await desk.set(out);
    await desk.resolve(minute);
    await desk.clock.advance({ minutes: 1 });
    await desk.answer();
    for (const figures of desk.running())
      for (const [name, value] of await figures.scrape()) {
        const values = series.get(name) ?? Array.from({ length: minute }, () => null);
        series.set(name, values);
        values.push(value);
      }
    for (const values of series.values()) if (values.length <= minute) values.push(null);
  }
  await desk.end();
  return series;
}

async function aDesk() {
  const clock = fakeClock("2026-03-02T00:00:00Z");
  const [storage, tickets, mailer] = [memoryStorage(), memoryTickets(), memoryMailer()];
  const redis = inProcessScheduler({ clock });
  clock.settleWith(() => redis.idle());
  let out: ReadonlySet<Outage["of"]> = new Set();
  // What is queued already is lost with it; sweeps have timers of their own.
  const scheduler: Scheduler = {
    start: redis.start,
    cancel: redis.cancel,
    schedule: async (wakeUps) => {
      if (out.has("Redis")) throw Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
      await redis.schedule(wakeUps);
    },
  };
  const webhooks = memoryWebhookTransport({
    endpoints: [{ id: "crm", url: "https://crm.example.com" }],
    result: () =>
      out.has("receiver")
        ? { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503", errorType: "503" }
        : { ok: true },
  });
  const tried = new Set<string>();
  mailer.answerWith(({ to: { address } }) => {
    if (out.has("mail server")) return { kind: "unavailable", error: "ECONNREFUSED", concerns: "route" };
    if (address.startsWith("wrong")) return { kind: "refused", error: "550 5.1.1" };
    if (address.startsWith("full") && !tried.has(address)) {
      tried.add(address);
      return { kind: "unavailable", error: "452 4.2.2", concerns: "recipient" };
    }
    return { kind: "accepted", messageId: null };
  });
  const aProcess = (figures: Figures): Csat =>
    createCsat({
      storage,
      scheduler,
      mailer,
      tickets,
      webhooks,
      clock,
      publicUrl: "https://help.example.com/csat",
      telemetry: openTelemetry({ meter: figures.meter }),
      logger: silent,
    });
  const web = figuresOf("web");
  const csat = aProcess(web);
  observeHealth(csat, { meter: web.meter });
  for (const workspaceId of workspaces)
    await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
  let worker: { readonly figures: Figures; readonly running: CsatWorker } | null = null;
  const startWorker = async () => {
    const figures = figuresOf("worker");
    return { figures, running: await aProcess(figures).startWorker() };
  };
  let answered = 0;
  return {
    clock,
    running: () => (worker === null ? [web] : [web, worker.figures]),
    set: async (now: ReadonlySet<Outage["of"]>) => {
      out = now;
      if (out.has("worker")) {
        await worker?.running.stop();
        worker = null;
      } else worker ??= await startWorker();
    },
    resolve: async (minute: number) => {
      const workspaceId = workspaces[minute % 2] ?? "";
      const ticketId = `T${minute}`;
      const mailbox = minute % 97 === 96 ? "wrong" : minute % 50 === 49 ? "full" : "dana";
      const customer = { name: "Dana", email: `${mailbox}${minute}@example.com`, locale: null };
      tickets.put(workspaceId, { ticketId, status: "resolved", customer });
      await csat.ticketResolved({ workspaceId, ticketId, actorId: "bob", resolvedAt: clock.now() });
    },
    answer: async () => {
      for (; answered < mailer.sent.length; answered++) {
        const [, token = ""] = /\/r\/([\w-]+)/.exec(mailer.sent[answered]?.text ?? "") ?? [];
        if (answered % 3 === 0) await csat.submitResponse({ token, rating: 5 });
      }
    },
    end: async () => {
      await worker?.running.stop();
    },
  };
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
