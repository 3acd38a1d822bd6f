import { bullmqScheduler } from "@csat/bullmq";
import { describeWithRedis } from "@csat-internal/test-support";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Check, CsatConfig } from "../src/config.ts";
import { aDesk } from "./support/a-desk.ts";
import { reportsOf } from "./support/doctor-reports.ts";
import { migratedDatabase, type OpenDatabase } from "./support/open-databases.ts";
import { startSmtpServer } from "./support/smtp-server.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(() => database.close());
const withChecks = (checks: { readonly redis?: Check; readonly smtp?: Check }): CsatConfig => ({
  csat: aDesk(database.db).csat,
  checks,
});

describeWithRedis("redis, asked by the scheduler", () => {
  test("is fine when it answers", async () => {
    const scheduler = bullmqScheduler({ connection: inject("redisUrl") ?? "" });
    const { found } = await reportsOf(withChecks({ redis: scheduler.ping }));
    expect(found.redis).toMatchObject({ status: "ok" });
    await scheduler.close();
  });

  test("is a finding when nobody listens", async () => {
    const scheduler = bullmqScheduler({ connection: "redis://127.0.0.1:1" });
    const { exitCode, found } = await reportsOf(withChecks({ redis: scheduler.ping }), {
      options: "--timeout 0.5",
    });
    expect(exitCode).toBe(1);
    expect(found.redis).toMatchObject({
      code: "redis_unreachable",
      message: "The check failed: no answer within 0.5 s.",
    });
    await scheduler.close();
  });
});

test("a mail server is fine when it takes connections, and a finding when it is gone", async () => {
  const server = await startSmtpServer();
  const transport = createTransport(server.url);
  const config = withChecks({ smtp: () => transport.verify() });
  expect((await reportsOf(config)).found.smtp).toMatchObject({ status: "ok" });
  await server.close();
  expect((await reportsOf(config)).found.smtp).toMatchObject({
    code: "smtp_unreachable",
    message: expect.stringContaining("ESOCKET"),
  });
  expect(server.mails).toEqual([]);
});
