import { drop, hang, startSmtpServer } from "@csat/conformance";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { inShort, type Script, sendTo } from "../test/support/send-to.ts";
import { nodemailerMailer } from "./index.ts";

const route = "unavailable, route";
const undecided = "unavailable, unknown";
const neverAborted = new AbortController().signal;
const large = { text: "A line of the comment page.\n".repeat(60_000) };

const login = "250-mail.example\r\n250 AUTH PLAIN";
const pipelining = "250-mail.example\r\n250 PIPELINING";

const transports = [
  { over: "a connection per mail", transport: { auth: { user: "csat", pass: "secret" } } },
  { over: "a pool", transport: { auth: { user: "csat", pass: "secret" }, pool: true, maxRequeues: 0 } },
];

// S12
for (const { over, transport } of transports) {
  describe(`over ${over}, of a connection that breaks before the content nobody knows whom it concerns`, () => {
    const breaks: readonly { readonly at: string; readonly script: Script }[] = [
      { at: "instead of the greeting", script: { greeting: drop } },
      { at: "at EHLO", script: { EHLO: drop } },
      { at: "at AUTH", script: { EHLO: login, AUTH: drop } },
      { at: "at MAIL FROM", script: { MAIL: drop } },
      { at: "at RCPT TO", script: { RCPT: drop } },
      { at: "at DATA", script: { DATA: drop } },
      { at: "at DATA in a batch", script: { EHLO: pipelining, DATA: drop } },
    ];
    for (const { at, script } of breaks) {
      test(`broken ${at}`, async () => {
        const { outcome, server } = await sendTo({ script, transport });
        // Where no recipient was named yet, some versions tell that no connection was made.
        expect(/RCPT|DATA/.test(at) ? [undecided] : [undecided, route]).toContain(inShort(outcome));
        expect(server.contents).toEqual([]);
      });
    }

    test("silent instead of the greeting, until the transport's own timeout", async () => {
      const { outcome } = await sendTo({
        script: { greeting: hang },
        transport: { ...transport, greetingTimeout: 30 },
      });
      expect(inShort(outcome)).toBe(undecided);
      expect(outcome).toMatchObject({ error: "connection (ETIMEDOUT)" });
    });

    test("silent at RCPT TO, until the transport's own timeout", async () => {
      const { outcome } = await sendTo({
        script: { RCPT: hang },
        transport: { ...transport, socketTimeout: 30 },
      });
      expect(inShort(outcome)).toBe(undecided);
    });
  });

  // S11
  describe(`over ${over}, after the content began nobody knows`, () => {
    test("broken in the middle of the content", async () => {
      const { outcome, server } = await sendTo({ script: { content: drop }, transport, mail: large });
      expect(outcome.kind).toBe("unknown");
      expect(server.contents).toEqual([]);
    });

    test("broken between the content and its answer", async () => {
      const { outcome, server } = await sendTo({ script: { end: drop }, transport });
      expect(outcome.kind).toBe("unknown");
      expect(server.contents).toHaveLength(1);
    });

    test("silent after the content, until the transport's own timeout", async () => {
      // Long enough for the content to arrive on a busy machine; earlier it would be a break before the content.
      const { outcome } = await sendTo({
        script: { end: hang },
        transport: { ...transport, socketTimeout: 1_000 },
      });
      expect(outcome).toEqual({ kind: "unknown", error: "connection (ETIMEDOUT)" });
    });

    test("an answer that breaks off before its line ends is no answer", async () => {
      const { outcome } = await sendTo({
        script: { end: hang },
        transport,
        meanwhile: async (server) => {
          await server.reached("end");
          server.say("451 4.3.0 try ag");
          server.breakOff();
        },
      });
      expect(outcome.kind).toBe("unknown");
    });
  });
}

// S12
test("a server that is not there is the route's trouble", async () => {
  const server = await startSmtpServer();
  await server.close();
  const mailer = nodemailerMailer({
    transport: `smtp://127.0.0.1:${server.port}`,
    from: "csat@help.example",
  });
  const outcome = await mailer.send(aMail(), neverAborted);
  expect(inShort(outcome)).toBe(route);
  expect(outcome).toMatchObject({
    error: expect.stringMatching(/^connection \(ESOCKET|^connection \(ECONN/),
  });
});

// S12
test("a host name that does not resolve is the route's trouble", async () => {
  const mailer = nodemailerMailer({ transport: "smtp://nowhere.invalid:25", from: "csat@help.example" });
  expect(inShort(await mailer.send(aMail(), neverAborted))).toBe(route);
});

// S12
describe("encryption that fails is not the recipient's trouble", () => {
  test("the server lacks STARTTLS where it is required", async () => {
    const { outcome, server } = await sendTo({ script: {}, transport: { requireTLS: true } });
    expect(inShort(outcome)).toBe(route);
    expect(server.commands.some((command) => command.startsWith("MAIL"))).toBe(false);
  });

  test("the server offers STARTTLS and breaks the handshake off", async () => {
    const { outcome } = await sendTo({
      script: { EHLO: "250-mail.example\r\n250 STARTTLS", STARTTLS: "220 go" },
      meanwhile: async (server) => {
        await server.reached("STARTTLS");
        server.breakOff();
      },
    });
    expect(inShort(outcome)).toBe(undecided);
  });

  test("a server without TLS is called with TLS from the start", async () => {
    expect(inShort((await sendTo({ script: {}, transport: { secure: true } })).outcome)).toBe(route);
  });

  test("the server's certificate is not trusted", async () => {
    // The certificate inside smtp-server is self-signed and expired, which is the point here.
    const server = new SMTPServer({ authOptional: true, logger: false });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const transport = createTransport({ host: "127.0.0.1", ...(port === undefined ? {} : { port }) });
    const outcome = await nodemailerMailer({ transport, from: "csat@help.example" }).send(
      aMail(),
      neverAborted,
    );
    await new Promise<void>((resolve) => server.close(resolve));
    expect(inShort(outcome)).toBe(route);
  });
});
