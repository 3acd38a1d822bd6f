import { readReport } from "@csat/mail-reports";
import { createTransport } from "nodemailer";
import { afterEach, expect, test } from "vitest";
import type { ReceivedMail } from "./inbox.ts";
import { type RunningSmtpServer, startSmtpServer } from "./smtp-server.ts";

let server: RunningSmtpServer;
afterEach(() => server.close());

const clock = { now: () => new Date("2026-11-23T14:05:00.000Z") };
const mail = {
  from: '"Ünï, Ltd." <csat@helpdesk.example>',
  to: "maya@customers.example",
  subject: "How did we do? 😀 مرحبا",
  text: "Hi\u0000 Zoë",
  html: "<p>Hi Zoë</p>",
};

test("a mail is kept, decoded, before the sender hears that it was taken", async () => {
  const kept: ReceivedMail[] = [];
  server = await startSmtpServer({
    clock,
    keep: async (received) => {
      await new Promise(setImmediate);
      kept.push(received);
    },
  });
  await createTransport(server.url).sendMail(mail);
  expect(kept).toEqual([
    {
      recipient: "maya@customers.example",
      sender: expect.stringContaining("Ünï, Ltd."),
      subject: "How did we do? 😀 مرحبا",
      text: expect.stringMatching(/^Hi Zoë\s*$/),
      html: expect.stringMatching(/^<p>Hi Zoë<\/p>\s*$/),
      raw: expect.stringContaining("\r\nContent-Type: multipart/alternative"),
      receivedAt: clock.now(),
    },
  ]);
});

test("a mail that cannot be kept is not taken, and may be tried again", async () => {
  server = await startSmtpServer({ clock, keep: () => Promise.reject(new Error("disk full")) });
  await expect(createTransport(server.url).sendMail(mail)).rejects.toMatchObject({ responseCode: 451 });
});

test("any recipient is taken, also one that is not ASCII", async () => {
  const kept: ReceivedMail[] = [];
  server = await startSmtpServer({ clock, keep: async (received) => void kept.push(received) });
  for (const to of ["o'brien+tag@customers.example", "zoë@customers.example"]) {
    await createTransport(server.url).sendMail({ ...mail, to });
  }
  expect(kept.map(({ recipient }) => recipient)).toEqual([
    "o'brien+tag@customers.example",
    "zoë@customers.example",
  ]);
});

// S73
test("a mail to an address that begins with bounce is taken, and comes back to its sender's mailbox by a report", async () => {
  const kept: ReceivedMail[] = [];
  const cameBack: Buffer[] = [];
  server = await startSmtpServer({
    clock,
    keep: async (received) => void kept.push(received),
    mailbox: { address: "csat@helpdesk.example", take: async (raw) => void cameBack.push(raw) },
  });
  const { messageId } = await createTransport(server.url).sendMail({
    ...mail,
    to: "Bounce+1@customers.example",
  });
  expect(kept.map(({ recipient }) => recipient)).toEqual(["Bounce+1@customers.example"]);
  await expect.poll(() => cameBack.length).toBe(1);
  expect(await readReport(cameBack[0] ?? "")).toEqual({
    kind: "bounced",
    isPermanent: true,
    status: "5.1.1",
    messageId,
    surveyId: null,
    recipient: "Bounce+1@customers.example",
  });
});
