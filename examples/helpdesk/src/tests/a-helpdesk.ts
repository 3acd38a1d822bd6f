import { createTestDatabase, createTestMysql, type TestDatabase } from "@csat-internal/test-support";
import { describe, inject } from "vitest";
import type { HelpdeskConfig } from "../config.ts";
import { startHelpdesk } from "../start-helpdesk.ts";

/** A mail of `GET /api/inbox`. */
export interface InboxMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
  readonly receivedAt: string;
}

/** What a request answered. `json` is null for other content. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into it as a program in any language would, and fail where it is not as they say.
  readonly json: Json;
}

/** Parsed JSON of unknown shape, for assertions. */
export interface Json {
  readonly [key: string]: Json;
}

/** A request; a body that is no string is sent as JSON. */
export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly user?: string;
}

/** Time to let pass. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/** Talks to a helpdesk over HTTP, as outsiders do. */
export function clientOf(origin: string) {
  let customers = 0;

  async function call(path: string, { method, body, headers = {}, user }: Call = {}): Promise<Answer> {
    const isText = typeof body === "string" || body instanceof URLSearchParams;
    const response = await fetch(new URL(path, origin), {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: {
        ...(body === undefined || isText ? {} : { "content-type": "application/json" }),
        ...(user === undefined ? {} : { "x-demo-user": user }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : null,
    };
  }

  async function expectOk(answer: Answer): Promise<Answer> {
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new Error(`The helpdesk answered ${answer.status}: ${answer.text}`);
  }

  return {
    origin,
    call,
    /** An open ticket of a customer with an address of their own. */
    async ticket(
      given: {
        readonly subject?: string;
        readonly name?: string | null;
        readonly email?: string | null;
        readonly assigneeId?: string;
        readonly user?: string;
      } = {},
    ) {
      const { subject = "It does not work", name = "Maya", assigneeId, user } = given;
      const email = given.email === undefined ? `customer-${++customers}@customers.example` : given.email;
      const body = {
        subject,
        customer: { name, email },
        ...(assigneeId === undefined ? {} : { assigneeId }),
      };
      const { json } = await expectOk(
        await call("/api/tickets", { body, ...(user === undefined ? {} : { user }) }),
      );
      return { id: String(json.id), email: email ?? "" };
    },
    settings: async (change: object, user = "olivia") => {
      await expectOk(await call("/csat/api/settings", { method: "PUT", body: change, user }));
    },
    resolve: async (id: string, user = "olivia") =>
      (await expectOk(await call(`/api/tickets/${id}/resolve`, { body: { note: "Done." }, user }))).json,
    setStatus: async (id: string, status: string, user = "olivia") =>
      (await expectOk(await call(`/api/tickets/${id}`, { method: "PATCH", body: { status }, user }))).json,
    advance: async ({ days = 0, hours = 0, minutes = 0 }: Span) => {
      const ms = ((days * 24 + hours) * 60 + minutes) * 60_000;
      await expectOk(await call("/api/clock/advance", { body: { ms } }));
    },
    async mailsTo(address: string): Promise<readonly InboxMail[]> {
      const { text } = await expectOk(await call("/api/inbox"));
      const mails: readonly InboxMail[] = JSON.parse(text);
      return mails.filter(({ to }) => to === address);
    },
    panel: async (id: string, user = "olivia") => (await call(`/csat/api/tickets/${id}`, { user })).json,
    /** The reasons of the journal, oldest first: `event` or `event:reason`. */
    async journal(id: string): Promise<readonly string[]> {
      const { text } = await expectOk(await call(`/csat/api/tickets/${id}/explain`));
      const entries: readonly { readonly event: string; readonly reason: string | null }[] = JSON.parse(text);
      return entries.map(({ event, reason }) => (reason === null ? event : `${event}:${reason}`));
    },
  };
}

/** The client of one helpdesk. */
export type HelpdeskClient = ReturnType<typeof clientOf>;

/** The servers that a helpdesk may keep its rows on, each with a way to an empty database. MySQL may be MariaDB. */
const servers: readonly (readonly [name: string, createDatabase: () => Promise<TestDatabase>])[] = [
  ["Postgres", () => createTestDatabase(inject("databaseUrl"))],
  ["MySQL", () => createTestMysql(inject("mysqlUrl"))],
];

/** Declares the same tests for each server. */
export function onEachServer(tests: (createDatabase: () => Promise<TestDatabase>) => void): void {
  describe.each(servers)("on %s", (_name, createDatabase) => {
    tests(createDatabase);
  });
}

/** A helpdesk of its own, on the Postgres server of the tests unless told otherwise, and a client for it. */
export async function aHelpdesk(
  config: Partial<HelpdeskConfig> = {},
): Promise<HelpdeskClient & { readonly close: () => Promise<void> }> {
  const server = config.database === undefined ? await createTestDatabase(inject("databaseUrl")) : null;
  const database = config.database ?? { kind: "server", url: server?.url ?? "" };
  const helpdesk = await startHelpdesk({
    port: 0,
    smtpUrl: null,
    redisUrl: null,
    works: true,
    ...config,
    database,
  });
  const close = async () => {
    await helpdesk.close();
    await server?.drop();
  };
  return { ...clientOf(helpdesk.origin), close };
}

/** The link for a rating in a mail's text part. */
export function linkOf(mail: InboxMail | undefined, rating: number): string {
  const links = mail?.text.match(/https?:\/\/\S+/g) ?? [];
  const link = links.find((url) => url.endsWith(`rating=${rating}`));
  if (link === undefined) throw new Error(`The mail has no link for rating ${rating}.`);
  return link;
}
