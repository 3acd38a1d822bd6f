import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { inShort, sendTo } from "../test/support/send-to.ts";
import { people, type SmtpInbox, smtpInbox } from "../test/support/smtp-inbox.ts";
import { nodemailerMailer } from "./index.ts";
import type { NodemailerMailerOptions } from "./nodemailer-mailer-options.ts";

const neverAborted = new AbortController().signal;

let acme: SmtpInbox;
let globex: SmtpInbox;
beforeAll(async () => {
  [acme, globex] = await Promise.all([smtpInbox(), smtpInbox()]);
});
afterAll(() => Promise.all([acme.close(), globex.close()]));

const send = (options: Partial<NodemailerMailerOptions>, differences = {}) =>
  nodemailerMailer({ transport: acme.url, from: "csat@help.example", ...options }).send(
    aMail(differences),
    neverAborted,
  );

// S49
test("each workspace has its own server, sender and place for answers when the host says so", async () => {
  const transports = new Map([
    ["acme", createTransport(acme.url)],
    ["globex", createTransport(globex.url)],
  ]);
  const mailer = nodemailerMailer({
    transport: (workspaceId) => transports.get(workspaceId) ?? createTransport(acme.url),
    from: async (workspaceId) => `csat@${workspaceId}.example`,
    replyTo: (workspaceId) => (workspaceId === "acme" ? "desk@acme.example" : null),
  });
  for (const workspaceId of ["acme", "globex", "globex"]) {
    const outcome = await mailer.send(aMail({ workspaceId }), neverAborted);
    expect(outcome).toEqual({ kind: "accepted", messageId: `<survey-1@${workspaceId}.example>` });
  }
  expect(acme.mails.map(({ from }) => from)).toEqual(["csat@acme.example"]);
  expect(globex.mails.map(({ from }) => from)).toEqual(["csat@globex.example", "csat@globex.example"]);
  expect(people(acme.mails[0]?.parsed.replyTo)).toEqual([["", "desk@acme.example"]]);
  expect(globex.mails[0]?.parsed.replyTo).toBe(undefined);
});

// S12
describe("what a host's function gets wrong burns no attempt and stays without details", () => {
  const wrong: readonly (readonly [string, Partial<NodemailerMailerOptions>, string])[] = [
    ["from throws", { from: () => Promise.reject(new Error("secret")) }, "transport, from or replyTo threw"],
    ["from is a list", { from: () => "a@help.example, b@help.example" }, "from gave no bare address"],
    ["replyTo is no address", { replyTo: () => "nobody" }, "replyTo gave no bare address"],
    // A host without type checks may answer with anything.
    ["transport finds nothing", { transport: () => JSON.parse("null") }, "transport gave no transporter"],
  ];
  for (const [rule, options, error] of wrong) {
    test(`when ${rule}`, async () =>
      expect(await send(options)).toEqual({ kind: "unavailable", error, concerns: "route" }));
  }
});

// S12
test("a login that the server refuses burns no attempt, and the same mail goes out once it is right", async () => {
  const guarded = await smtpInbox({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) =>
      password === "right" ? done(null, { user: "csat" }) : done(new Error("Invalid login")),
  });
  const { host } = new URL(guarded.url);
  const wrong = await send({ transport: `smtp://csat:wrong@${host}` });
  const right = await send({ transport: `smtp://csat:right@${host}` });
  const none = await send({ transport: `smtp://${host}` });
  await guarded.close();
  expect(wrong).toEqual({ kind: "unavailable", error: "AUTH PLAIN 535 (EAUTH)", concerns: "sender" });
  expect(none).toEqual({ kind: "unavailable", error: "MAIL FROM 530 (EENVELOPE)", concerns: "sender" });
  expect(right).toEqual({ kind: "accepted", messageId: "<survey-1@help.example>" });
});

// S14
test("an address that is none, or more than one, never gets as far as the server", async () => {
  const addresses = [
    "",
    "ann",
    "@customer.example",
    "ann@",
    "ann@customer.example, bob@customer.example",
    "ann@customer.example>\r\nRCPT TO:<bob@customer.example",
    "Ann <ann@customer.example>",
    "ann ito@customer.example",
    '"ann ito, (x)"@customer.example',
    "ann@[192.0.2.1]",
    "ann@localhost",
  ];
  for (const address of addresses) {
    const { outcome, server } = await sendTo({ script: {}, mail: { to: { name: null, address } } });
    expect(outcome).toEqual({ kind: "refused", error: "not one e-mail address of the internet" });
    expect(server.connectionCount()).toBe(0);
  }
});

// S29
test("copies that a transporter adds by default are not sent: the links are for one person", async () => {
  const copies = { cc: "cc@help.example", bcc: "archive@help.example", headers: { "X-Tag": "surveys" } };
  const transport = createTransport(acme.url, copies);
  expect((await send({ transport }, { messageIdLocalPart: "no-copies" })).kind).toBe("accepted");
  const mail = acme.mails.at(-1);
  expect(mail?.to).toEqual(["ann@customer.example"]);
  expect(mail?.raw).not.toMatch(/^b?cc:/im);
  expect(mail?.parsed.headers.get("x-tag")).toBe("surveys");
});

// S29
test("a transport that makes its own envelope is told of no copies either", async () => {
  const told: unknown[] = [];
  const own = {
    name: "own",
    version: "1",
    send: ({ data }: { readonly data: object }, done: (error: null, result: object) => void) => {
      told.push(Reflect.get(data, "cc"), Reflect.get(data, "bcc"));
      done(null, {});
    },
  };
  await send({
    transport: createTransport<object>(own, { cc: "cc@help.example", bcc: "archive@help.example" }),
  });
  expect(told).toEqual([[], []]);
});

// S12
test("errors never repeat the address or the server's words", async () => {
  const words = "550 5.1.1 <ann@customer.example> ann unknown at customer.example, call 555-1234";
  for (const moment of ["greeting", "MAIL", "RCPT", "DATA", "end"]) {
    const { outcome } = await sendTo({ script: { [moment]: words } });
    expect(JSON.stringify(outcome)).not.toMatch(/@|ann|customer|unknown|call/);
  }
});

test("mails of other code on the same transporter stay as they are", async () => {
  const transport = createTransport(acme.url);
  await send({ transport });
  await send({ transport });
  await transport.sendMail({
    from: "a@help.example",
    to: "b@customer.example",
    bcc: "c@customer.example",
    text: "x",
  });
  expect(acme.mails.at(-1)?.to).toEqual(["b@customer.example", "c@customer.example"]);
});

test("a refused mail leaves a pool fit for the next one", async () => {
  const transport = createTransport({ url: acme.url, pool: true, maxConnections: 1 });
  const mailer = nodemailerMailer({ transport, from: "csat@help.example" });
  const tooLate = new AbortController();
  tooLate.abort();
  expect(inShort(await mailer.send(aMail(), tooLate.signal))).toBe("unavailable, unknown");
  expect((await mailer.send(aMail(), neverAborted)).kind).toBe("accepted");
  mailer.close();
  expect((await mailer.send(aMail(), neverAborted)).kind).toBe("accepted");
  transport.close();
});

test("closing the mailer closes the pool that it made from a URL", async () => {
  const mailer = nodemailerMailer({ transport: `${acme.url}/?pool=true`, from: "csat@help.example" });
  expect((await mailer.send(aMail(), neverAborted)).kind).toBe("accepted");
  mailer.close();
  expect(inShort(await mailer.send(aMail(), neverAborted))).toBe("unavailable, route");
});
