import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { inShort } from "../test/support/send-to.ts";
import { nodemailerMailer } from "./index.ts";
import type { NodemailerTransporter } from "./nodemailer-mailer-options.ts";

const sender = "unavailable, sender";
const route = "unavailable, route";
const undecided = "unavailable, unknown";
const recipient = "unavailable, recipient";
const neverAborted = new AbortController().signal;

const send = (transport: NodemailerTransporter, signal = neverAborted) =>
  nodemailerMailer({ transport, from: "csat@help.example" }).send(aMail(), signal);

/** Nodemailer's SES transport over a client that answers as told. */
function sesTransport(answer: () => Promise<{ readonly MessageId: string }>): NodemailerTransporter {
  return createTransport({ SES: { sesClient: { config: {}, send: answer }, SendEmailCommand: Object } });
}

function sesError(name: string, httpStatusCode?: number): Error {
  const known = httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } };
  return Object.assign(new Error("about ann@customer.example"), { name }, known);
}

// S12
describe("Amazon SES", () => {
  test("what it accepts has the Message-ID that it gives", async () => {
    const outcome = await send(sesTransport(async () => ({ MessageId: "0102-abc" })));
    expect(outcome).toMatchObject({
      kind: "accepted",
      messageId: expect.stringMatching(/^<0102-abc@.*amazonses\.com>$/),
    });
  });

  const refusals: readonly (readonly [string, Error, string])[] = [
    ["a rejected message is nobody's in particular", sesError("MessageRejected", 400), undecided],
    ["a paused account is the sender's", sesError("SendingPausedException", 400), sender],
    ["throttling is the sender's", sesError("TooManyRequestsException", 429), sender],
    ["a bad key is the sender's", sesError("UnrecognizedClientException", 403), sender],
    ["missing credentials are the sender's", sesError("CredentialsProviderError"), sender],
    ["an internal error took nothing", sesError("InternalFailure", 500), route],
    [
      "a request that timed out leaves open what became of the mail",
      sesError("RequestTimeout", 408),
      "unknown",
    ],
    ["a broken connection leaves it open too", sesError("TimeoutError"), "unknown"],
  ];
  for (const [rule, error, outcome] of refusals) {
    test(`of its answers, ${rule}`, async () => {
      const result = await send(sesTransport(() => Promise.reject(error)));
      expect(inShort(result)).toBe(outcome);
      expect(JSON.stringify(result)).not.toContain("@");
    });
  }

  test("an abort while it works leaves open what became of the mail", async () => {
    const controller = new AbortController();
    const transport = sesTransport(() => {
      controller.abort();
      return new Promise(() => {});
    });
    expect((await send(transport, controller.signal)).kind).toBe("unknown");
  });
});

// S12
describe("sendmail", () => {
  test("a program that is not there concerns every mail", async () => {
    expect(inShort(await send(createTransport({ sendmail: true, path: "/nowhere/sendmail" })))).toBe(route);
  });

  test("a program that fails leaves open what became of the mail", async () => {
    expect((await send(createTransport({ sendmail: true, path: "/bin/false" }))).kind).toBe("unknown");
  });
});

test("a transport that only builds the mail accepts it", async () => {
  const built = createTransport({ streamTransport: true, buffer: true });
  expect(await send(built)).toEqual({ kind: "accepted", messageId: "<survey-1@help.example>" });
  expect(await send(createTransport({ jsonTransport: true }))).toMatchObject({ kind: "accepted" });
});

/** Takes the message, then fails like this. */
const failing = (error: Error | null, result: unknown = null): NodemailerTransporter =>
  createTransport<unknown>({ name: "own", version: "1", send: (_mail, done) => done(error, result) });

// S12
describe("a host's own transport", () => {
  test("that fails for an unknown reason leaves open what became of the mail", async () => {
    expect(await send(failing(new Error("boom ann@customer.example")))).toEqual({
      kind: "unknown",
      error: "mail failed",
    });
  });

  test("that could not connect concerns every mail", async () => {
    const error = Object.assign(new Error("connect"), { code: "ECONNREFUSED", syscall: "connect" });
    expect(inShort(await send(failing(error)))).toBe(route);
  });

  test("that reports the server's answer is believed", async () => {
    const answer = {
      code: "EENVELOPE",
      command: "RCPT TO",
      response: "550 5.1.1 unknown",
      responseCode: 550,
    };
    expect((await send(failing(Object.assign(new Error("no"), answer)))).kind).toBe("refused");
  });

  test("that tells no Message-ID gives an accepted mail without one", async () => {
    expect(await send(failing(null, {}))).toEqual({ kind: "accepted", messageId: null });
  });

  // LMTP answers the content once per recipient, after Nodemailer has called the send a success.
  test("that rejects the recipient in its result has not accepted the mail", async () => {
    const rejected = ["ann@customer.example"];
    expect(inShort(await send(failing(null, { accepted: [], rejected })))).toBe(recipient);
    const answer = { code: "EMESSAGE", command: "DATA", response: "550 5.1.1 unknown" };
    expect(await send(failing(null, { accepted: [], rejected, rejectedErrors: [answer] }))).toEqual({
      kind: "unavailable",
      error: "content 550 5.1.1 (EMESSAGE)",
      concerns: "recipient",
    });
  });
});

test("a plugin of the host that fails before the transport has the mail leaves nothing open", async () => {
  const transport = createTransport({ jsonTransport: true });
  transport.use("compile", (_mail, done) => done(new Error("no template")));
  expect(inShort(await send(transport))).toBe(route);
});
