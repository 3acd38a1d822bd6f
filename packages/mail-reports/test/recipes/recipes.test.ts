import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readMailgun } from "./mailgun.ts";
import { readPostmark } from "./postmark.ts";
import { readSendGrid } from "./sendgrid.ts";

const survey = "id_2y7kqz3m8w5t4r9nbvhcxjdfgs";
const ours = { messageId: `<${survey}@help.example.com>`, surveyId: survey };
const about = { recipient: "ann@customer.example.net", verified: true };
const now = new Date("2026-10-05T10:16:00Z");
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

function post(body: string, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request("https://help.example.com/hooks/mail", { method: "POST", body, headers });
}

// S73
describe("Postmark", () => {
  const secrets = { user: "csat", password: "8f1c0e5b7a2d4c6e9b3a1d5f7c8e2b4a" };
  const authorization = `Basic ${btoa(`${secrets.user}:${secrets.password}`)}`;
  const bounce = {
    RecordType: "Bounce",
    MessageStream: "outbound",
    ID: 42,
    Type: "HardBounce",
    TypeCode: 1,
    Name: "Hard bounce",
    Tag: "csat",
    MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
    Metadata: { survey },
    ServerID: 23,
    Description: "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    Details: "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
    Email: "ann@customer.example.net",
    From: "csat@help.example.com",
    BouncedAt: "2026-10-05T10:15:31Z",
    DumpAvailable: true,
    Inactive: true,
    CanActivate: true,
    Subject: "How did we do?",
  };
  const read = (event: object, header = authorization) =>
    readPostmark(post(JSON.stringify(event), { authorization: header }), secrets);
  const wanted = { ...about, messageId: null, surveyId: survey, at: new Date("2026-10-05T10:15:31Z") };

  test("bounces, complaints and automatic answers are reports, other events none", async () => {
    expect(await read(bounce)).toEqual([{ ...wanted, kind: "bounced", isPermanent: true, status: "5.1.1" }]);
    expect(await read({ ...bounce, Type: "SoftBounce", TypeCode: 4096, Details: "full" })).toEqual([
      { ...wanted, kind: "bounced", isPermanent: false, status: null },
    ]);
    expect(
      await read({ ...bounce, RecordType: "SpamComplaint", Type: "SpamComplaint", TypeCode: 512 }),
    ).toEqual([{ ...wanted, kind: "complained" }]);
    expect(await read({ ...bounce, Type: "AutoResponder", TypeCode: 64 })).toEqual([
      { ...wanted, kind: "auto_reply" },
    ]);
    expect(await read({ ...bounce, Type: "Subscribe", TypeCode: 32 })).toEqual([]);
    expect(await read({ RecordType: "Delivery", Recipient: "ann@customer.example.net" })).toEqual([]);
  });

  test.each([
    ["no password", ""],
    ["a wrong password", `Basic ${btoa("csat:8f1c0e5b7a2d4c6e9b3a1d5f7c8e2b4b")}`],
    ["the beginning of the password", authorization.slice(0, -4)],
  ])("%s is refused", async (_what, header) => {
    expect(await read(bounce, header)).toBeNull();
  });
});

// S73
describe("Mailgun", () => {
  const signingKey = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0";
  const token = "b8c1a7d5e3f90246813579bdf02468ace13579bdf02468ace1";
  const signed = (at: Date, key = signingKey) => {
    const timestamp = String(seconds(at));
    return {
      timestamp,
      token,
      signature: createHmac("sha256", key)
        .update(timestamp + token)
        .digest("hex"),
    };
  };
  const failed = {
    event: "failed",
    id: "G9Bn5sl1TC6nu79C8C0bwg",
    timestamp: 1_791_195_331.5,
    "log-level": "error",
    severity: "permanent",
    reason: "bounce",
    recipient: "ann@customer.example.net",
    "delivery-status": {
      code: 550,
      "enhanced-code": "5.1.1",
      message: "5.1.1 no such user",
      "attempt-no": 1,
    },
    message: {
      headers: {
        to: "ann@customer.example.net",
        "message-id": `${survey}@help.example.com`,
        subject: "How did we do?",
      },
    },
    "user-variables": { survey },
  };
  const read = (event: object, signature: object = signed(now)) =>
    readMailgun(post(JSON.stringify({ signature, "event-data": event })), { signingKey, now });
  const wanted = {
    ...about,
    messageId: `${survey}@help.example.com`,
    surveyId: survey,
    at: new Date("2026-10-05T10:15:31.500Z"),
  };

  test("failures and complaints are reports, other events none", async () => {
    expect(await read(failed)).toEqual([{ ...wanted, kind: "bounced", isPermanent: true, status: "5.1.1" }]);
    expect(
      await read({ ...failed, severity: "temporary", "delivery-status": { code: 450, "enhanced-code": "" } }),
    ).toEqual([{ ...wanted, kind: "bounced", isPermanent: false, status: null }]);
    for (const reason of ["old", "espblock", "suppress-unsubscribe", "suppress-complaint"])
      expect(await read({ ...failed, reason })).toMatchObject([{ isPermanent: false, status: "5.1.1" }]);
    expect(await read({ ...failed, "delivery-status": { "enhanced-code": "5.7.1" } })).toMatchObject([
      { isPermanent: false, status: "5.7.1" },
    ]);
    expect(await read({ ...failed, event: "complained", "user-variables": {} })).toEqual([
      { ...wanted, surveyId: null, kind: "complained" },
    ]);
    expect(await read({ ...failed, event: "delivered" })).toEqual([]);
  });

  test.each([
    ["another key", signed(now, "key-of-somebody-else")],
    ["another time", { ...signed(now), timestamp: String(seconds(now) + 1) }],
    ["another token", { ...signed(now), token: token.replace("b", "c") }],
    ["no signature", { ...signed(now), signature: "" }],
    ["a request of yesterday", signed(new Date(now.getTime() - 86_400_000))],
    ["a request of tomorrow", signed(new Date(now.getTime() + 86_400_000))],
    ["a time that is none", { ...signed(now), timestamp: "soon" }],
  ])("%s is refused", async (_what, signature) => {
    expect(await read(failed, signature)).toBeNull();
  });
});

// S73
describe("SendGrid", () => {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const event = {
    email: "ann@customer.example.net",
    timestamp: 1_791_195_331,
    "smtp-id": `<${survey}@help.example.com>`,
    event: "bounce",
    type: "bounce",
    category: ["csat"],
    sg_event_id: "bm90LWEtcmVhbC1pZA",
    sg_message_id: "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
    reason: "550 5.1.1 no such user",
    status: "5.1.1",
    survey,
  };
  const signature = (timestamp: string, body: string, key = keys.privateKey) =>
    sign("sha256", Buffer.from(timestamp + body), key).toString("base64");
  function read(body: string, { at = now, signed = signature(String(seconds(at)), body) } = {}) {
    const headers = {
      "X-Twilio-Email-Event-Webhook-Signature": signed,
      "X-Twilio-Email-Event-Webhook-Timestamp": String(seconds(at)),
    };
    return readSendGrid(post(body, headers), { publicKey, now });
  }
  const wanted = { ...about, ...ours, at: new Date("2026-10-05T10:15:31Z") };
  // SendGrid's lines end like this, and the signature covers them.
  const body = `${JSON.stringify([event])}\r\n`;

  test("each event of a request is a report or none", async () => {
    const events = [
      event,
      { ...event, type: "blocked", status: "5.7.1" },
      { ...event, event: "deferred", status: "" },
      { ...event, event: "dropped", reason: "Bounced Address", status: "5.0.0" },
      { ...event, event: "dropped", reason: "Unsubscribed Address", status: "5.0.0" },
      { ...event, event: "spamreport" },
      { ...event, event: "open" },
    ];
    expect(await read(body)).toHaveLength(1);
    expect(await read(JSON.stringify(events))).toEqual([
      { ...wanted, kind: "bounced", isPermanent: true, status: "5.1.1" },
      { ...wanted, kind: "bounced", isPermanent: false, status: "5.7.1" },
      { ...wanted, kind: "bounced", isPermanent: false, status: null },
      { ...wanted, kind: "bounced", isPermanent: true, status: "5.0.0" },
      { ...wanted, kind: "bounced", isPermanent: false, status: "5.0.0" },
      { ...wanted, kind: "complained" },
    ]);
  });

  test("what was altered, signed by another or sent again later is refused", async () => {
    const signed = signature(String(seconds(now)), body);
    expect(await read(body.replace("ann@", "bob@"), { signed })).toBeNull();
    expect(await read(body.trim(), { signed })).toBeNull();
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    expect(await read(body, { signed: signature(String(seconds(now)), body, other) })).toBeNull();
    expect(await read(body, { signed: "" })).toBeNull();
    expect(await read(body, { signed: "no signature" })).toBeNull();
    expect(await read(body, { at: new Date(now.getTime() - 3_600_000) })).toBeNull();
  });
});
