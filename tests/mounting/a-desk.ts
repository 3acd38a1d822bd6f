import { type Csat, createCsat } from "@csat/core";
import { type Action, createHandler } from "@csat/http";
import {
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import { endlessRows } from "./endless-rows.ts";

/** What a host mounts. */
export type Handler = (request: Request) => Promise<Response>;

/** What reached `authorize` with a request. */
export interface Asked {
  readonly search: string;
  readonly cookie: string | null;
  readonly origin: string | null;
}

/** A helpdesk over memory whose handler is to be mounted, and what one can see of it from inside. */
export interface Desk {
  readonly handler: Handler;
  /** Resolves a ticket, sends its survey and answers the token of the mail. */
  survey(ticketId: string): Promise<string>;
  /** Does the same for a customer of the ticket's own, and answers the token of the link for opting out. */
  optOut(ticketId: string): Promise<string>;
  /** Whether the customer of such a token is opted out. */
  isOptedOut(token: string): Promise<boolean>;
  /** All that is stored about a ticket, to compare before and after. */
  stored(ticketId: string): Promise<unknown>;
  /** Of the last request on an operator route. */
  asked(): Asked | undefined;
  /** What `onError` was told, as text. */
  told(): readonly string[];
  /** The export that runs; its rows never end. */
  readonly rows: ReturnType<typeof endlessRows>;
  /** Requests for the ticket `held` wait until their signal says that the client left. */
  held(): { readonly arrived: number; readonly left: number };
}

/** Where the links of the mails lead. */
export const publicOrigin = "https://desk.example";

/** Opens a desk of the workspace `acme`, whose surveys go out at once, with an owner asking. */
export async function aDesk(basePath: string): Promise<Desk> {
  const [mailer, tickets, rows] = [memoryMailer(), memoryTickets(), endlessRows()];
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer,
    tickets,
    webhooks: memoryWebhookTransport({ endpoints: [] }),
    publicUrl: `${publicOrigin}${basePath}`,
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  let asked: Asked | undefined;
  const held = { arrived: 0, left: 0 };
  const told: string[] = [];
  const handler = createHandler(
    { ...csat, exportResponses: rows.exportResponses },
    {
      basePath,
      authorize: async (request, action) => {
        asked = {
          search: new URL(request.url).search,
          cookie: request.headers.get("cookie"),
          origin: request.headers.get("origin"),
        };
        if (isHeld(action)) await leaving(request, held);
        return { workspaceId: "acme", userId: "olivia", role: "owner" };
      },
      onError: (error) => told.push(String(error)),
    },
  );

  async function mailed(ticketId: string, email: string): Promise<void> {
    tickets.put("acme", { ticketId, status: "resolved", customer: { name: "Ada", email, locale: null } });
    await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: "bob", resolvedAt: new Date() });
    await csat.runDue();
  }

  function tokenIn(link: RegExp): string {
    const token = link.exec(mailer.sent.at(-1)?.text ?? "")?.[1];
    if (token === undefined) throw new Error("No mail with a link was sent.");
    return token;
  }

  return {
    handler,
    rows,
    asked: () => asked,
    told: () => told,
    held: () => ({ ...held }),
    survey: async (ticketId) => {
      await mailed(ticketId, "ada@customer.example");
      return tokenIn(/\/r\/([\w-]+)\?rating=/);
    },
    optOut: async (ticketId) => {
      await mailed(ticketId, `${ticketId}@customer.example`);
      return tokenIn(/\/o\/([\w-]+)/);
    },
    isOptedOut: async (token) => (await csat.openOptOut(token)).isOptedOut,
    stored: (ticketId) => storedAbout(csat, ticketId),
  };
}

async function storedAbout(csat: Csat, ticketId: string): Promise<unknown> {
  const ref = { workspaceId: "acme", ticketId };
  return { panel: await csat.getTicketPanel(ref), journal: await csat.explain(ref) };
}

function isHeld(action: Action): boolean {
  return action.kind === "ticket" && action.ticketId === "held";
}

function leaving(request: Request, held: { arrived: number; left: number }): Promise<void> {
  held.arrived++;
  return new Promise((resolve) => {
    request.signal.addEventListener("abort", () => {
      held.left++;
      resolve();
    });
  });
}
