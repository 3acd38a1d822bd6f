import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createTestDatabase } from "@csat-internal/test-support";
import { type ParsedMail, simpleParser } from "mailparser";
import pg from "pg";
import { SMTPServer } from "smtp-server";
import { expect, inject, onTestFinished, test } from "vitest";
import { helpdesk } from "./own-mail.ts";

const ref = { workspaceId: "acme", ticketId: "T1" };

/** A mail server on a free port. It refuses the next mail once `refuseNext` was called. */
async function aMailServer() {
  const mails: ParsedMail[] = [];
  let isRefusing = false;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    async onData(stream, _session, done) {
      const mail = await simpleParser(stream);
      const isRefused = isRefusing;
      isRefusing = false;
      if (!isRefused) mails.push(mail);
      done(isRefused ? Object.assign(new Error("Busy"), { responseCode: 451 }) : null);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  // A server that listens on a port has an address with one.
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseNext: () => {
      isRefusing = true;
    },
  };
}

/** A helpdesk with one open ticket, and one connection to its database. */
async function aHelpdesk() {
  const database = await createTestDatabase(inject("databaseUrl"));
  onTestFinished(() => database.drop());
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  onTestFinished(() => pool.end());
  const mailServer = await aMailServer();
  const desk = await helpdesk({ pool, smtpUrl: mailServer.url, publicUrl: "https://acme.example/csat" });
  await pool.query(
    "insert into tickets values ('T1', 'A <b> in my invoice', 'open', 'Ann', 'ann@customer.example')",
  );
  return { ...desk, pool, mailServer };
}

function linksOf({ text }: ParsedMail): readonly string[] {
  return text?.match(/https:\/\/acme\.example\/csat\/r\/\S+/g) ?? [];
}

test("a resolved ticket is one mail of the host's own, with five links that answer", async () => {
  // S81
  const { csat, handler, resolve, sendMails, mailServer } = await aHelpdesk();
  await resolve("T1", "olivia");
  await sendMails();
  await csat.runDue();
  expect(mailServer.mails).toHaveLength(1);
  const [mail] = mailServer.mails;
  if (mail === undefined) throw new Error("No mail came.");
  expect([mail.subject, mail.from?.text, mail.to]).toMatchObject([
    "Resolved: A <b> in my invoice",
    "support@acme.example",
    { text: "ann@customer.example" },
  ]);
  const links = linksOf(mail);
  expect(links.map((link) => new URL(link).searchParams.get("rating"))).toEqual(["1", "2", "3", "4", "5"]);
  for (const link of links) expect(mail.html).toContain(`href="${link}"`);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
  const body = new URLSearchParams({ rating: "4", comment: "" });
  const response = await handler(new Request(links[3] ?? "", { method: "POST", body }));
  expect(response.status).toBe(201);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "answered", response: { rating: 4 } });
});

test("a change that fails leaves neither links nor a mail, and the ticket may be asked later", async () => {
  // S81, S84
  const { csat, pool, resolve, sendMails, mailServer } = await aHelpdesk();
  await pool.query("alter table outgoing_mails rename to away");
  await expect(resolve("T1", "olivia")).rejects.toThrow("outgoing_mails");
  expect((await pool.query("select status from tickets")).rows).toEqual([{ status: "open" }]);
  expect(await csat.explain(ref)).toEqual([]);
  await pool.query("alter table away rename to outgoing_mails");
  await resolve("T1", "olivia");
  await sendMails();
  expect(mailServer.mails.map((mail) => linksOf(mail).length)).toEqual([5]);
});

test("a mail that the server does not take waits, and goes out once", async () => {
  const { pool, resolve, sendMails, mailServer } = await aHelpdesk();
  await resolve("T1", "olivia");
  mailServer.refuseNext();
  await expect(sendMails()).rejects.toThrow("451");
  await sendMails();
  await sendMails();
  expect(mailServer.mails.map((mail) => linksOf(mail).length)).toEqual([5]);
  expect((await pool.query("select * from outgoing_mails")).rows).toEqual([]);
});

test("after the answer a later mail brings no links: its ticket was asked", async () => {
  // S2, S81
  const { csat, resolve, sendMails, mailServer } = await aHelpdesk();
  await resolve("T1", "olivia");
  await csat.recordAnswer({ ref, rating: 5, comment: null, channel: "phone", actorId: "olivia" });
  await resolve("T1", "olivia");
  await sendMails();
  expect(mailServer.mails.map((mail) => linksOf(mail).length)).toEqual([5, 0]);
  expect(mailServer.mails[1]?.html).not.toContain("href");
});

test("the example is no longer than its page says", () => {
  const lines = readFileSync(new URL("own-mail.ts", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  expect(lines.length).toBeLessThan(120);
});
