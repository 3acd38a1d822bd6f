// What a sample of the pages may use without declaring it: the reader's helpdesk, and what earlier samples made. A page
// that introduces one of these declares it itself.
import type {
  Csat,
  CsatOptions,
  Logger,
  Mailer,
  Scheduler,
  Store,
  TicketResolved,
  TicketSource,
} from "@csat/core";
import type { HandlerOptions } from "@csat/http";
import type { DrizzleDatabase, DrizzleTx, Executor } from "@csat/postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Express } from "express";
import type { Transporter } from "nodemailer";
import type { Pool } from "pg";

declare global {
  const csat: Csat<DrizzleTx | Executor>;
  /** What else `createCsat` takes, where a sample is about one option. */
  const parts: CsatOptions<DrizzleTx | Executor>;
  const storage: Store<DrizzleTx | Executor>;
  const scheduler: Scheduler;
  const mailer: Mailer;
  const tickets: TicketSource;
  const authorize: HandlerOptions["authorize"];
  /** What `createHandler` returned. */
  const handler: (request: Request) => Promise<Response>;

  const db: NodePgDatabase & { readonly $client: Pool } & DrizzleDatabase;
  const pool: Pool;
  const transport: Transporter;
  const logger: Logger;
  const app: Express;

  /** What happened: `event` is a global of browsers. */
  const resolution: TicketResolved;
  const workspaceId: string;
  const ticketId: string;
  const userId: string;
  /** Something caught. */
  const error: unknown;
  /** Who is signed in, as the helpdesk's own session says; null for nobody. */
  function sessionOf(request: Request): Promise<{
    readonly id: string;
    readonly workspaceId: string;
    readonly role: "owner" | "admin" | "operator";
  } | null>;
  /** Hands work to the helpdesk's own queue. */
  function enqueue(work: unknown): void;
}
