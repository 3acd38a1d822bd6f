import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readSes } from "./ses.ts";

const survey = "id_2y7kqz3m8w5t4r9nbvhcxjdfgs";
const ours = { messageId: `<${survey}@help.example.com>`, surveyId: survey };
const about = { recipient: "ann@customer.example.net", verified: true };
const now = new Date("2026-10-05T10:16:00Z");

function post(body: string): Request {
  return new Request("https://help.example.com/hooks/ses", { method: "POST", body });
}

// S73
describe("Amazon SES by SNS", () => {
  const payload = (name: string) => readFileSync(new URL(`payloads/${name}`, import.meta.url), "utf8");
  const topicArn = "arn:aws:sns:us-east-1:123456789012:csat-bounces";
  /** What was asked for; the real one answers as the server of Amazon would. */
  function amazon() {
    const asked: string[] = [];
    const get: typeof fetch = async (url) => {
      asked.push(String(url));
      return new Response(payload("sns-certificate.pem"));
    };
    return { asked, get };
  }

  test("a bounce and a complaint that Amazon signed are reports, by either version of the signature", async () => {
    const { get } = amazon();
    expect(await readSes(post(payload("sns-bounce.json")), { topicArn, get, now })).toEqual([
      {
        ...ours,
        ...about,
        kind: "bounced",
        isPermanent: true,
        status: "5.1.1",
        at: new Date("2026-10-05T10:15:31.237Z"),
      },
    ]);
    expect(await readSes(post(payload("sns-complaint.json")), { topicArn, get, now })).toEqual([
      { ...ours, ...about, kind: "complained", at: new Date("2026-10-05T10:21:00Z") },
    ]);
  });

  test("a subscription is confirmed once it is known to be of our topic", async () => {
    const { asked, get } = amazon();
    expect(await readSes(post(payload("sns-confirmation.json")), { topicArn, get, now })).toEqual([]);
    expect(asked.at(-1)).toContain("Action=ConfirmSubscription");
  });

  test.each([
    [
      "another address in the bounce",
      "sns-bounce.json",
      ["ann@customer.example.net", "bob@customer.example.net"],
    ],
    ["another time", "sns-bounce.json", ["10:15:32.000Z", "10:15:33.000Z"]],
    ["another subject", "sns-bounce.json", ["Event Notification", "Event"]],
    [
      "the other version of the signature",
      "sns-bounce.json",
      ['"SignatureVersion": "1"', '"SignatureVersion": "2"'],
    ],
    ["a topic of somebody else", "sns-bounce.json", ["123456789012:csat", "210987654321:csat"]],
    [
      "a certificate from elsewhere",
      "sns-bounce.json",
      ["sns.us-east-1.amazonaws.com/S", "sns.example.com/S"],
    ],
    [
      "a certificate from a name that ends alike",
      "sns-bounce.json",
      ["sns.us-east-1.amazonaws.com/S", "sns.us-east-1.amazonaws.com.example.com/S"],
    ],
    [
      "a certificate out of the bucket that somebody called sns",
      "sns-bounce.json",
      ["sns.us-east-1.amazonaws.com/S", "sns.s3-us-west-2.amazonaws.com/S"],
    ],
    [
      "a certificate of another region",
      "sns-bounce.json",
      ["sns.us-east-1.amazonaws.com/S", "sns.eu-west-1.amazonaws.com/S"],
    ],
    [
      "a certificate without TLS",
      "sns-bounce.json",
      ["https://sns.us-east-1.amazonaws.com/S", "http://sns.us-east-1.amazonaws.com/S"],
    ],
    ["a confirmation that leads elsewhere", "sns-confirmation.json", ["?Action", "other?Action"]],
  ])("%s is refused", async (_what, name, [from = "", to = ""]) => {
    const { asked, get } = amazon();
    const forged = payload(name).replaceAll(from, to);
    expect(forged).not.toBe(payload(name));
    expect(await readSes(post(forged), { topicArn, get, now })).toBeNull();
    expect(asked.filter((url) => !url.endsWith(".pem"))).toEqual([]);
    expect(asked.filter((url) => !url.startsWith("https://sns.us-east-1.amazonaws.com/"))).toEqual([]);
  });

  test.each([
    ["a day later", 86_400_000],
    ["a day before it was sent", -86_400_000],
  ])("what Amazon signed is refused %s", async (_when, passed) => {
    const { asked, get } = amazon();
    const at = new Date(now.getTime() + passed);
    for (const name of ["sns-bounce.json", "sns-complaint.json", "sns-confirmation.json"])
      expect(await readSes(post(payload(name)), { topicArn, get, now: at })).toBeNull();
    expect(asked.filter((url) => !url.endsWith(".pem"))).toEqual([]);
  });
});
