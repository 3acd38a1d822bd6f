import {
  type Attributes,
  type Csat,
  type CsatOptions,
  createCsat,
  type Theme,
  type WorkspaceSettings,
} from "@csat/core";
import { createHandler, type HandlerCsat, type HandlerOptions } from "@csat/http";
import {
  type FakeClock,
  fakeClock,
  inProcessScheduler,
  type MemoryMailer,
  type MemoryStorage,
  type MemoryTickets,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";

/** A helpdesk with the real core over memory, and the handler under test at `/csat`. */
export interface Desk {
  readonly csat: Csat;
  readonly clock: FakeClock;
  readonly storage: MemoryStorage;
  readonly mailer: MemoryMailer;
  readonly tickets: MemoryTickets;
  /** Asks the handler; a path is taken below `https://desk.example/csat`. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The same for an absolute address. */
  askAt(url: string, init?: RequestInit): Promise<Response>;
  /** All that is stored about a ticket, to compare before and after. */
  stored(ticketId: string): Promise<unknown>;
  /** Resolves a ticket, sends its survey and answers the token of the mail. */
  survey(
    ticketId: string,
    change?: {
      readonly subject?: string;
      readonly locale?: string;
      readonly workspaceName?: string;
      readonly attributes?: Attributes;
    },
  ): Promise<string>;
}

/** What a desk may have otherwise. */
export interface DeskChange {
  readonly options?: Partial<HandlerOptions>;
  readonly theme?: Theme;
  /** What the host calls the workspace where it is asked. */
  readonly workspaceName?: string;
  readonly settings?: Partial<WorkspaceSettings>;
  readonly maxCommentLength?: number;
  readonly attributes?: NonNullable<CsatOptions<never>["attributes"]>;
  /** Methods of the core to break, as the handler sees them. */
  readonly broken?: Partial<HandlerCsat>;
}

/** Where every desk's handler is mounted. */
export const base = "https://desk.example/csat";

/** Opens a desk of the workspace `acme`, whose surveys go out at once. By default an owner is asking. */
export async function aDesk(change: DeskChange = {}): Promise<Desk> {
  const { options, theme, workspaceName, settings, maxCommentLength, attributes, broken } = change;
  const clock = fakeClock();
  const storage = memoryStorage({ clock });
  const mailer = memoryMailer();
  const tickets = memoryTickets();
  const csat = createCsat({
    storage,
    mailer,
    tickets,
    clock,
    scheduler: inProcessScheduler({ clock }),
    webhooks: memoryWebhookTransport({ endpoints: [] }),
    publicUrl: base,
    ...(theme === undefined ? {} : { theme: () => theme }),
    ...(workspaceName === undefined ? {} : { workspaceName: () => workspaceName }),
    ...(maxCommentLength === undefined ? {} : { maxCommentLength }),
    ...(attributes === undefined ? {} : { attributes }),
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately", ...settings });
  const handler = createHandler(
    { ...csat, ...broken },
    {
      basePath: "/csat",
      authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
      ...options,
    },
  );
  return {
    csat,
    clock,
    storage,
    mailer,
    tickets,
    ask: (path, init) => handler(new Request(`${base}${path}`, init)),
    askAt: (url, init) => handler(new Request(url, init)),
    stored: async (ticketId) => {
      const ref = { workspaceId: "acme", ticketId };
      const panel = await csat.getTicketPanel(ref);
      const [survey] = await storage.auto.read([{ kind: "ticket", workspaceId: "acme", id: ticketId }]);
      const journal = await csat.explain(ref);
      return structuredClone({ panel, survey, journal, events: await csat.listEvents("acme") });
    },
    survey: async (
      ticketId,
      { subject = "Printer on fire", locale = null, workspaceName = "Acme Support", attributes = {} } = {},
    ) => {
      tickets.put("acme", {
        ticketId,
        subject,
        status: "resolved",
        workspaceName,
        attributes,
        customer: { name: "Ada", email: "ada@example.com", locale },
      });
      await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: "bob", resolvedAt: clock.now() });
      await csat.runDue();
      return tokenOf(mailer);
    },
  };
}

function tokenOf({ sent }: MemoryMailer): string {
  const token = sent.at(-1)?.text.match(/\/r\/([\w-]+)\?rating=/)?.[1];
  if (token === undefined) throw new Error("No mail with a link was sent.");
  return token;
}

/** A JSON body. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: "POST",
    body: typeof value === "string" ? value : JSON.stringify(value),
    headers: { "content-type": "application/json", ...headers },
  };
}

/** The body of an HTML form, as a browser sends it. */
export function form(fields: string | Readonly<Record<string, string>>): RequestInit {
  return {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...browser },
  };
}

/** What a browser says it would like. */
export const browser = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
};
