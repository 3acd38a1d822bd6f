import { createCsat, type Mailer, type MailOutcome } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import type { SMTPServerOptions } from "smtp-server";
import { expect, test } from "vitest";
import { type Ran, runCsat } from "./support/run-csat.ts";
import { startSmtpServer } from "./support/smtp-server.ts";

async function sendOver(mailer: Mailer, options = ""): Promise<Ran> {
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer,
    tickets: memoryTickets(),
    publicUrl: "https://help.example.com/csat",
  });
  await csat.updateSettings("acme", { subject: "How was {{ticket_subject}}?" });
  const commandLine = `send-test dana@example.com --workspace acme ${options}`.trim();
  const ran = await runCsat(commandLine, { config: { csat, mailer } });
  expect(ran.stdout + ran.stderr).not.toContain("dana");
  return ran;
}

async function sendTo(options: SMTPServerOptions): Promise<Ran & { readonly mails: readonly string[] }> {
  const server = await startSmtpServer(options);
  const mailer = nodemailerMailer({ transport: server.url, from: "csat@help.example.com" });
  const ran = await sendOver(mailer);
  mailer.close();
  await server.close();
  return { ...ran, mails: server.mails };
}

test("the workspace's mail goes out with sample values, over the mailer of the surveys", async () => {
  const { exitCode, stdout, stderr, mails } = await sendTo({});
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^The mail server took the mail \(Message-ID <csat-test-\d+@help\.example\.com>\)\.\n$/,
  );
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^To: dana@example\.com\r$/m);
  expect(mails[0]).toMatch(/^From: Your company <csat@help\.example\.com>\r$/m);
  expect(mails[0]).toMatch(/^Subject: How was My order has not arrived\?\r$/m);
  expect(mails[0]).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(mails[0]).toContain("https://help.example.com/csat/r/preview");
});

test("a recipient that the server refuses ends with 1, and the address is not repeated", async () => {
  const { exitCode, stderr } = await sendTo({
    onRcptTo: (address, _session, done) =>
      done(Object.assign(new Error(`no ${address.address} here`), { responseCode: 550 })),
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("refuses this recipient");
});

test("a mail server that is not there ends with 1 and says what to look at", async () => {
  const mailer = nodemailerMailer({ transport: "smtp://127.0.0.1:1", from: "csat@help.example.com" });
  const { exitCode, stderr } = await sendOver(mailer);
  mailer.close();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/does not take this mail now .*It is about the way there/);
});

test.each<readonly [MailOutcome, string]>([
  [{ kind: "unavailable", error: "451", concerns: "recipient" }, "does not take this mail now (451)"],
  [
    { kind: "unknown", error: "broken after DATA" },
    "Nobody knows whether the mail was taken (broken after DATA)",
  ],
])("%j ends with 1 as well", async (outcome, said) => {
  const { exitCode, stderr } = await sendOver(memoryMailer({ outcome }));
  expect(exitCode).toBe(1);
  expect(stderr).toContain(said);
});

test("a mailer that answers nothing is told to give up after --timeout", async () => {
  const mailer = memoryMailer({ outcome: () => new Promise<never>(() => {}) });
  const { exitCode, stderr } = await sendOver(mailer, "--timeout 1");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Nobody knows");
});

// S14
test.each([
  "root@localhost",
  "dana@gmail",
  "x@[127.0.0.1]",
  '"john-doe@example.com',
  "dana@example.com,eve@example.com",
])("%s is refused before anything is sent, as a customer's would be", async (address) => {
  const mailer = memoryMailer();
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer,
    tickets: memoryTickets(),
    publicUrl: "https://help.example.com/csat",
  });
  const ran = await runCsat(["send-test", address, "--workspace", "acme"], { config: { csat, mailer } });
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain("ADDRESS must be one bare e-mail address");
  expect(mailer.attempts).toEqual([]);
});
