import { describeWithRedis, startPrivateRedis } from "@csat-internal/test-support";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { aHelpdesk, linkOf } from "./a-helpdesk.ts";

async function aHelpdeskOnRedis() {
  const redis = await startPrivateRedis();
  onTestFinished(() => redis.stop());
  const helpdesk = await aHelpdesk({ redisUrl: redis.url });
  onTestFinished(() => helpdesk.close());
  return { redis, helpdesk };
}

describeWithRedis("with REDIS_URL", () => {
  test("a resolution waits in the queue, and moving the clock on sends and records as without", async () => {
    const { redis, helpdesk } = await aHelpdeskOnRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const ticket = await helpdesk.ticket();
    await helpdesk.resolve(ticket.id, "bob");
    // One job, a day from now.
    expect(await client.zcard("helpdesk:wake-ups:delayed")).toBe(1);
    await helpdesk.advance({ hours: 23 });
    expect(await helpdesk.mailsTo(ticket.email)).toEqual([]);
    await helpdesk.advance({ hours: 1, minutes: 1 });
    const [mail, ...others] = await helpdesk.mailsTo(ticket.email);
    expect(others).toEqual([]);
    expect((await helpdesk.call(linkOf(mail, 5), { body: { rating: 5 } })).status).toBe(201);
    expect(await helpdesk.journal(ticket.id)).toEqual(["resolved", "scheduled", "sent", "answered"]);
  });

  test("a reopened ticket takes its job out of the queue", async () => {
    const { redis, helpdesk } = await aHelpdeskOnRedis();
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const ticket = await helpdesk.ticket();
    await helpdesk.resolve(ticket.id);
    await helpdesk.setStatus(ticket.id, "open");
    expect(await client.zcard("helpdesk:wake-ups:delayed")).toBe(0);
    await helpdesk.advance({ hours: 48 });
    expect(await helpdesk.mailsTo(ticket.email)).toEqual([]);
  });

  // S9, S16
  test("a Redis that dies fails no resolution and loses no survey", async () => {
    const { redis, helpdesk } = await aHelpdeskOnRedis();
    await helpdesk.settings({ sendDelay: "immediately" });
    await redis.kill();
    const ticket = await helpdesk.ticket();
    await helpdesk.resolve(ticket.id);
    await expect.poll(() => helpdesk.mailsTo(ticket.email)).toHaveLength(1);
    await redis.restart();
    const next = await helpdesk.ticket();
    await helpdesk.resolve(next.id);
    await expect.poll(() => helpdesk.mailsTo(next.email)).toHaveLength(1);
    expect(await helpdesk.mailsTo(ticket.email)).toHaveLength(1);
  });
});
