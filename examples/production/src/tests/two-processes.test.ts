import { randomBytes } from "node:crypto";
import { describeWithRedis, startPrivatePostgres, startPrivateRedis } from "@csat-internal/test-support";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aMailbox, type Mailbox } from "./a-mailbox.ts";
import { type Process, startProcess } from "./a-process.ts";

const apiKey = randomBytes(32).toString("hex");
describeWithRedis("a web and a worker process", () => {
  let postgres: Awaited<ReturnType<typeof startPrivatePostgres>>;
  let redis: Awaited<ReturnType<typeof startPrivateRedis>>;
  let mailbox: Mailbox;
  let web: Process;
  let worker: Process;

  beforeAll(async () => {
    [postgres, redis, mailbox] = await Promise.all([
      startPrivatePostgres({ survivesCrash: true }),
      startPrivateRedis(),
      aMailbox(),
    ]);
    const environment = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      SMTP_URL: mailbox.url,
      PUBLIC_URL: "https://help.example.com/csat",
      API_KEY: apiKey,
      PORT: "0",
      HEALTH_PORT: "0",
      SWEEP_EVERY_MS: "500",
      LOG_LEVEL: "debug",
    };
    web = startProcess("web", environment);
    worker = startProcess("worker", environment);
    await Promise.all([web.origin(), worker.origin()]);
  });

  afterAll(async () => {
    for (const running of [web, worker]) running?.signal("SIGKILL");
    await Promise.all([web?.ended, worker?.ended]);
    await Promise.all([mailbox?.close(), redis?.stop(), postgres?.stop()]);
  });

  async function ask(path: string, options: { readonly method?: string; readonly body?: object } = {}) {
    const response = await fetch(`${await web.origin()}${path}`, {
      method: options.method ?? (options.body === undefined ? "GET" : "POST"),
      headers: {
        authorization: `Bearer ${apiKey}`,
        "x-workspace": "acme",
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  async function resolveTicket(id: string): Promise<void> {
    const ticket = { id, subject: "Printer", customerName: "Dana", customerEmail: `${id}@example.com` };
    expect((await ask("/api/acme/tickets", { body: ticket })).status).toBe(201);
    const resolved = await ask(`/api/acme/tickets/${id}/resolve`, { body: { actorId: "bob" } });
    expect(resolved.body).toMatchObject({ kind: "scheduled" });
  }

  async function linkInMailTo(id: string): Promise<string> {
    const address = `${id}@example.com`;
    const mail = () => mailbox.mails.find((raw) => raw.includes(address)) ?? "no such mail yet";
    await expect.poll(mail).toContain(address);
    const [, token] = /https:\/\/help\.example\.com\/csat\/r\/([\w-]+)/.exec(mail()) ?? [];
    if (token === undefined) throw new Error("The mail holds no link.");
    return token;
  }

  async function readiness(of: Process): Promise<number> {
    return (await fetch(`${await of.origin()}/readyz`)).status;
  }

  test("a ticket resolved in one process is mailed by the other, answered, and shown; the log holds nothing personal", async () => {
    const settings = { enabled: true, sendDelay: "immediately" };
    expect((await ask("/csat/api/settings", { method: "PUT", body: settings })).status).toBe(200);
    await resolveTicket("printer-1");
    const token = await linkInMailTo("printer-1");
    const answer = await ask(`/csat/r/${token}`, { body: { rating: 5, comment: "Swift and kind" } });
    expect(answer.status).toBe(201);
    const panel = await ask("/csat/api/tickets/printer-1");
    expect(panel.body).toMatchObject({
      state: "answered",
      response: { rating: 5, comment: "Swift and kind" },
    });
    const log = web.output() + worker.output();
    expect(log).toContain('"route":"/csat/*"');
    for (const secret of [token, "printer-1@example.com", "Swift and kind", apiKey]) {
      expect(log).not.toContain(secret);
    }
  });

  test("nobody without the key resolves a ticket or reads a setting", async () => {
    const origin = await web.origin();
    expect((await fetch(`${origin}/api/acme/tickets`, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await fetch(`${origin}/csat/api/settings`)).status).toBe(401);
  });

  test("without Redis tickets are still resolved and surveys still leave; both processes stay ready", async () => {
    // S9, S16
    await redis.kill();
    await resolveTicket("printer-2");
    await linkInMailTo("printer-2");
    expect([await readiness(web), await readiness(worker)]).toEqual([200, 200]);
    await redis.restart();
  });

  test("without Postgres no process is ready, all are alive, and they recover by themselves", async () => {
    await postgres.crash();
    expect([await readiness(web), await readiness(worker)]).toEqual([503, 503]);
    expect((await fetch(`${await web.origin()}/healthz`)).status).toBe(200);
    await postgres.resume();
    await expect.poll(async () => [await readiness(web), await readiness(worker)]).toEqual([200, 200]);
    await resolveTicket("printer-3");
    await linkInMailTo("printer-3");
  });

  test("a client that makes up X-Forwarded-For is counted by its connection all the same", async () => {
    const origin = await web.origin();
    const statuses = new Set<number>();
    // An address may ask 300 times a minute: each of these has another name, and asks for another link.
    for (let place = 0; place < 5_000 && !statuses.has(429); place++) {
      const headers = { "x-forwarded-for": `198.51.${place >> 8}.${place & 255}` };
      statuses.add((await fetch(`${origin}/csat/r/unknown-${place}`, { headers })).status);
    }
    expect([...statuses]).toEqual([404, 429]);
  });

  test("SIGTERM ends both in order, with exit code 0", async () => {
    for (const running of [web, worker]) running.signal("SIGTERM");
    expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);
    for (const running of [web, worker]) expect(running.output()).toContain('"msg":"stopped"');
  });
});
