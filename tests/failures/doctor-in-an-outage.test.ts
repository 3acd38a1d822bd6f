import { createTestDatabase, describeWithRedis, startPrivateRedis } from "@csat-internal/test-support";
import { expect, inject, test } from "vitest";
import type { Ending } from "./world/a-system.ts";
import { commandsIn, type Demo, doctor, runCsat, startDemo } from "./world/demo.ts";
import { startMailServer } from "./world/mail-server.ts";

const well = { exitCode: 0, findings: {} };

/** The demo on servers: Postgres, Redis, SMTP. The doctor gets the same variables. */
async function aDemoOnServers({ onTestFinished }: Ending) {
  const [database, redis, mailServer] = await Promise.all([
    createTestDatabase(inject("databaseUrl")),
    startPrivateRedis(),
    startMailServer(),
  ]);
  onTestFinished(async () => {
    await Promise.all([database.drop(), redis.stop(), mailServer.goDown()]);
  });
  const servers = { DATABASE_URL: database.url, REDIS_URL: redis.url, SMTP_URL: mailServer.url };
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    const demo = await startDemo({ onTestFinished }, { ...servers, ...more });
    await demo.call("/csat/api/settings", { enabled: true, sendDelay: "immediately" }, "PUT");
    return demo;
  };
  const beside = ({ origin }: Demo) => ({ ...servers, PORT: new URL(origin).port });
  return { redis, mailServer, start, beside };
}

/** The ticket's survey, as its panel shows it. */
async function stateOf(demo: Demo, ticketId: string): Promise<unknown> {
  return Reflect.get(Object(await demo.call(`/csat/api/tickets/${ticketId}`)), "state");
}

describeWithRedis("csat doctor, beside the demo on servers", () => {
  test("says within two minutes that the mail server is dead, and all is well once what waited has left", async ({
    onTestFinished,
  }) => {
    // S12, S16
    const { mailServer, start, beside } = await aDemoOnServers({ onTestFinished });
    const demo = await start();
    expect(await doctor(beside(demo))).toEqual(well);
    await mailServer.goDown();
    await demo.resolved();
    await demo.advance({ minutes: 2 });
    const { exitCode, findings } = await doctor(beside(demo));
    expect([exitCode, Object.keys(findings)]).toEqual([
      1,
      ["smtp_unreachable", "surveys_overdue", "mail_failing"],
    ]);
    expect(findings.mail_failing).toContain("csat send-test YOUR-ADDRESS --workspace acme");
    const sent = await runCsat("send-test t0@acme.example --workspace acme", beside(demo));
    expect(sent).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("ESOCKET") });
    await mailServer.comeBack();
    await demo.advance({ minutes: 60 });
    expect(await doctor(beside(demo))).toEqual(well);
    expect(mailServer.taken).toHaveLength(1);
  });

  test("names the command that sends what was given up, and it does, as printed", async ({
    onTestFinished,
  }) => {
    // S12
    const { mailServer, start, beside } = await aDemoOnServers({ onTestFinished });
    const demo = await start();
    mailServer.behavior = { onRecipient: () => 451 };
    await demo.resolved();
    for (const minutes of [1, 1, 5, 30, 120, 360]) await demo.advance({ minutes });
    const { exitCode, findings } = await doctor(beside(demo));
    expect([exitCode, Object.keys(findings)]).toEqual([1, ["surveys_failed"]]);
    mailServer.behavior = {};
    const [command = "none"] = commandsIn(findings.surveys_failed ?? "");
    expect(await runCsat(command, beside(demo))).toMatchObject({ exitCode: 0 });
    await demo.advance({ minutes: 1 });
    expect(await doctor(beside(demo))).toEqual(well);
    expect(mailServer.taken).toHaveLength(1);
  });

  test("says within two minutes that the worker was killed, and all is well once there is one again", async ({
    onTestFinished,
  }) => {
    // S16
    const { mailServer, start, beside } = await aDemoOnServers({ onTestFinished });
    const web = await start({ WORKER: "off" });
    const worker = await start();
    await web.resolved();
    await expect.poll(() => mailServer.taken.length).toBe(1);
    expect(await doctor(beside(web))).toEqual(well);
    await worker.kill();
    await web.resolved();
    await web.advance({ minutes: 2 });
    const { exitCode, findings } = await doctor(beside(web));
    expect([exitCode, Object.keys(findings)]).toEqual([1, ["surveys_overdue"]]);
    expect(findings.surveys_overdue).toContain("Start a worker");
    await start();
    await expect.poll(() => mailServer.taken.length).toBe(2);
    await expect.poll(() => doctor(beside(web))).toEqual(well);
  });

  test("says at once that Redis is dead, while surveys leave all the same, and all is well when it is back", async ({
    onTestFinished,
  }) => {
    // S9, S16
    const { redis, mailServer, start, beside } = await aDemoOnServers({ onTestFinished });
    const demo = await start();
    await redis.kill();
    await demo.resolved();
    const { exitCode, findings } = await doctor(beside(demo));
    expect([exitCode, Object.keys(findings)]).toEqual([1, ["redis_unreachable"]]);
    await demo.advance({ minutes: 2 });
    await expect.poll(() => mailServer.taken.length).toBe(1);
    await redis.restart();
    await expect.poll(() => doctor(beside(demo))).toEqual(well);
  });

  test("says within two minutes that a receiver is dead; what it never took is replayed by the printed command", async ({
    onTestFinished,
  }) => {
    // S54
    const { mailServer, start, beside } = await aDemoOnServers({ onTestFinished });
    const demo = await start();
    const ticketId = await demo.resolved();
    await expect.poll(() => stateOf(demo, ticketId)).toBe("awaiting");
    await demo.form("/webhooks/receiver", { mode: "failing" });
    await demo.call(`/csat/r/${mailServer.taken[0]?.token}`, { rating: 2 });
    await demo.advance({ minutes: 2 });
    const dead = await doctor(beside(demo));
    expect([dead.exitCode, Object.keys(dead.findings)]).toEqual([1, ["receiver_failing"]]);
    for (const minutes of [1, 5, 30, 120, 360]) await demo.advance({ minutes });
    const { exitCode, findings } = await doctor(beside(demo));
    expect([exitCode, Object.keys(findings)]).toEqual([1, ["events_dead"]]);
    await demo.form("/webhooks/receiver", { mode: "well" });
    const [command = "none"] = commandsIn(findings.events_dead ?? "");
    expect(await runCsat(command, beside(demo))).toMatchObject({ exitCode: 0 });
    await demo.advance({ minutes: 1 });
    expect(await doctor(beside(demo))).toEqual(well);
  });
});
