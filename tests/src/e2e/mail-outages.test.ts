import { createServer, type Server } from "node:net";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { expect, test } from "vitest";
import { onDatabases } from "../world/on-storages.ts";
import { startSmtpServer } from "../world/smtp.ts";

const from = "csat@help.example.com";

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

onDatabases("outages of real mail servers", (make) => {
  test("with the server down, resolving works, nothing fails for good, and the sweep sends when it is back", async () => {
    // S9, S12, S16
    const port = await freePort();
    const mailer = nodemailerMailer({ transport: `smtp://127.0.0.1:${port}`, from });
    const world = await make({ settings: { sendDelay: "immediately" }, options: { mailer } });
    world.scheduler.failure = new Error("the queue is down too");
    for (let ticket = 0; ticket < 5; ticket++) {
      expect(await world.resolve(`T${ticket}`)).toMatchObject({ kind: "scheduled" });
    }
    for (let hour = 0; hour < 6; hour++) await world.pass({ hours: 1 });
    expect(await world.csat.health()).toMatchObject({ failedSurveys: 0, dueSurveys: 0 });
    expect(await world.survey("T0")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });

    let arrived = 0;
    let all: () => void = () => {};
    const allArrived = new Promise<void>((resolve) => {
      all = resolve;
    });
    const smtp = await startSmtpServer({
      port,
      options: {
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on("end", () => {
            done();
            if (++arrived === 5) all();
          });
        },
      },
    });
    // After six hours each waits for an hour at most, and up to five minutes more.
    world.clock.move(65 * 60_000);
    const worker = await world
      .anotherProcess({ scheduler: inProcessScheduler({ clock: world.clock }), sweepEveryMs: 20 })
      .startWorker();
    await allArrived;
    await worker.stop();
    await smtp.close();
    expect(await world.survey("T4")).toMatchObject({ status: "sent" });
  });

  test("a refused login is an outage of every mail, not this survey's failure", async () => {
    // S12
    const smtp = await startSmtpServer({
      options: {
        disabledCommands: ["STARTTLS"],
        allowInsecureAuth: true,
        authOptional: false,
        onAuth: (_auth, _session, done) => done(Object.assign(new Error("bad login"), { responseCode: 535 })),
      },
    });
    const mailer = nodemailerMailer({ transport: smtp.url.replace("//", "//user:wrong@"), from });
    const world = await make({ options: { mailer } });
    await world.resolve("T1");
    for (let hour = 0; hour < 6; hour++) await world.pass({ hours: 1 });
    await smtp.close();
    expect(await world.survey("T1")).toMatchObject({
      status: "scheduled",
      attempts: 0,
      mayHaveReached: false,
    });
  });

  test("a recipient refused by the server ends this survey alone", async () => {
    // S12
    const smtp = await startSmtpServer({
      options: {
        disabledCommands: ["AUTH", "STARTTLS"],
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith("gone")
            ? done(Object.assign(new Error("no such user"), { responseCode: 550 }))
            : done(),
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on("end", () => done());
        },
      },
    });
    const mailer = nodemailerMailer({ transport: smtp.url, from });
    const world = await make({ options: { mailer } });
    world.ticket("T1", { customer: { name: null, email: "gone@example.com", locale: null } });
    await world.resolve("T1");
    await world.resolve("T2");
    await world.pass({ hours: 1 });
    await smtp.close();
    expect(await world.survey("T1")).toMatchObject({ status: "failed", reason: "refused" });
    expect(await world.survey("T2")).toMatchObject({ status: "sent" });
    const told = JSON.stringify(await world.csat.explain({ workspaceId: "acme", ticketId: "T1" }));
    expect(told).not.toContain("gone@example.com");
  });
});
