import { EventEmitter, getEventListeners, once } from "node:events";
import { drop, hang, type SmtpMoment, startSmtpServer } from "@csat/conformance";
import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { inShort, type Script, sendTo } from "../test/support/send-to.ts";
import { nodemailerMailer } from "./index.ts";

const EHLO = "250-mail.example\r\n250 AUTH PLAIN";
const auth = { user: "csat", pass: "secret" };
const undecided = "unavailable, unknown";
const large = { text: "A line of the comment page.\n".repeat(60_000) };

const phases: readonly { readonly at: SmtpMoment; readonly script: Script; readonly outcome: string }[] = [
  { at: "greeting", script: { greeting: hang }, outcome: undecided },
  { at: "EHLO", script: { EHLO: hang }, outcome: undecided },
  { at: "AUTH", script: { EHLO, AUTH: hang }, outcome: undecided },
  { at: "MAIL", script: { MAIL: hang }, outcome: undecided },
  { at: "RCPT", script: { RCPT: hang }, outcome: undecided },
  { at: "DATA", script: { DATA: hang }, outcome: undecided },
  { at: "end", script: { end: hang }, outcome: "unknown" },
];

// S12
for (const pool of [false, true]) {
  describe(`over a ${pool ? "pool" : "connection per mail"}`, () => {
    for (const { at, script, outcome } of phases) {
      test(`an abort while the server is silent at ${at} ends the send and the connection: ${outcome}`, async () => {
        const controller = new AbortController();
        const result = await sendTo({
          script,
          transport: { auth, pool },
          signal: controller.signal,
          meanwhile: async (server) => {
            await server.reached(at);
            controller.abort();
            await server.idle();
          },
        });
        expect(inShort(result.outcome)).toBe(outcome);
        expect(result.server.contents).toHaveLength(at === "end" ? 1 : 0);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      });
    }

    test("a server that wakes up after the abort gets no mail any more", async () => {
      const controller = new AbortController();
      const { outcome, server } = await sendTo({
        script: { greeting: hang },
        transport: { pool },
        signal: controller.signal,
        meanwhile: async (late) => {
          await late.reached("greeting");
          controller.abort();
          late.say("220 mail.example ESMTP\r\n");
          await late.idle();
        },
      });
      expect(inShort(outcome)).toBe(undecided);
      expect(server.commands).not.toContain("DATA");
    });

    test("an abort in the middle of the content leaves open what became of it", async () => {
      const controller = new AbortController();
      const { outcome, server } = await sendTo({
        script: { content: hang },
        transport: { pool },
        mail: large,
        signal: controller.signal,
        meanwhile: async (busy) => {
          await busy.reached("content");
          controller.abort();
        },
      });
      expect(outcome).toEqual({ kind: "unknown", error: "aborted after the content began" });
      expect(server.contents).toEqual([]);
    });

    test("one signal for many mails collects no listeners", async () => {
      const { signal } = new AbortController();
      const server = await startSmtpServer({ RCPT: ["250 ok", "550 5.1.1 unknown", drop, "250 ok"] });
      const transport = createTransport({ host: "127.0.0.1", port: server.port, pool, maxRequeues: 0 });
      const mailer = nodemailerMailer({ transport, from: "csat@help.example" });
      const kinds: string[] = [];
      for (const messageIdLocalPart of ["a", "b", "c", "d"]) {
        kinds.push((await mailer.send(aMail({ messageIdLocalPart }), signal)).kind);
        expect(getEventListeners(signal, "abort")).toEqual([]);
      }
      transport.close();
      await server.close();
      expect(kinds).toEqual(["accepted", "refused", "unavailable", "accepted"]);
    });
  });
}

// S12
test("a mail that waits for its turn in a busy pool can be aborted, and never goes out", async () => {
  const server = await startSmtpServer({ end: [hang, "250 ok"] });
  const transport = createTransport({ host: "127.0.0.1", port: server.port, pool: true, maxConnections: 1 });
  const mailer = nodemailerMailer({ transport, from: "csat@help.example" });
  const first = mailer.send(aMail({ messageIdLocalPart: "first" }), new AbortController().signal);
  await server.reached("end");
  const controller = new AbortController();
  const second = mailer.send(aMail({ messageIdLocalPart: "second" }), controller.signal);
  controller.abort();
  expect(inShort(await second)).toBe(undecided);
  server.say("250 2.0.0 queued\r\n");
  expect((await first).kind).toBe("accepted");
  const third = await mailer.send(aMail({ messageIdLocalPart: "third" }), new AbortController().signal);
  expect(third).toMatchObject({ kind: "accepted" });
  transport.close();
  await server.close();
  expect(server.contents.map((content) => /^Message-ID: (.*)$/im.exec(content)?.[1])).toEqual([
    "<first@help.example>",
    "<third@help.example>",
  ]);
});

// S12
test("a signal that has aborted already keeps the mail from being tried", async () => {
  const { outcome, server } = await sendTo({ script: {}, signal: AbortSignal.abort() });
  expect(inShort(outcome)).toBe(undecided);
  expect(server.connectionCount()).toBe(0);
});

// S12
test("a lookup that never answers is given up with the mail, and what it finds too late is not used", async () => {
  const sent: unknown[] = [];
  const transport = {
    sendMail: async (message: object) => sent.push(Reflect.get(message, "messageId")),
    use: () => {},
  };
  const directory = new EventEmitter();
  const from = async () => {
    await once(directory, "found");
    return "csat@help.example";
  };
  const controller = new AbortController();
  const sending = nodemailerMailer({ transport, from }).send(aMail(), controller.signal);
  controller.abort();
  expect(inShort(await sending)).toBe(undecided);
  directory.emit("found");
  const next = nodemailerMailer({ transport, from: "csat@help.example" });
  await next.send(aMail({ messageIdLocalPart: "next" }), new AbortController().signal);
  expect(sent).toEqual(["<next@help.example>"]);
});
