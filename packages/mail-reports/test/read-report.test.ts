import { readFileSync } from "node:fs";
import { isCsatError } from "@csat/core";
import { describe, expect, test } from "vitest";
import { readReport } from "../src/index.ts";

const bounce = readFileSync(new URL("samples/postfix-user-unknown.eml", import.meta.url), "utf8");
const permanent = { kind: "bounced", isPermanent: true, status: "5.1.1" };

/** A report with these lines in place of the recipient's block, and this head of the returned mail. */
function reportWith(
  block: string,
  head = "Message-ID: <id_1@help.example.com>\nTo: ann@customer.example.net",
): string {
  return [
    "From: MAILER-DAEMON@mx.example.net\nMIME-Version: 1.0",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n",
    `${block}\n`,
    `--b\nContent-Type: text/rfc822-headers\n\n${head}\n--b--\n`,
  ].join("\n");
}

// S73
describe("size", () => {
  const padded = (bytes: number) => bounce + "x".repeat(bytes - bounce.length);

  test("a mail of 1 MB is read, one with a byte more is not", async () => {
    expect(await readReport(padded(1_000_000))).toMatchObject(permanent);
    expect(await readReport(padded(1_000_001))).toBeNull();
    expect(await readReport(new TextEncoder().encode(padded(1_000_001)))).toBeNull();
  });

  test("text is measured in bytes", async () => {
    const text = `${bounce}${"ä".repeat(500_000)}`;
    expect(text.length).toBeLessThan(1_000_000);
    expect(await readReport(text)).toBeNull();
  });

  test("a mail of more lines, parts or depth than any report has is not read", async () => {
    expect(await readReport(bounce + "\n".repeat(19_000))).toMatchObject(permanent);
    expect(await readReport(bounce + "\n".repeat(20_000))).toBeNull();
    expect(await readReport(bounce + "--\n".repeat(2_001))).toBeNull();
    expect(await readReport(nested(50))).toMatchObject(permanent);
    expect(await readReport(nested(70))).toBeNull();
  });

  test("a header of 128 kB is not read", async () => {
    expect(await readReport(`X-Long: ${"a".repeat(100_000)}\n${bounce}`)).toMatchObject(permanent);
    expect(await readReport(`X-Long: ${"a".repeat(131_072)}\n${bounce}`)).toBeNull();
  });
});

test("bytes of another memory, as a Buffer shares it, are read where they lie", async () => {
  const buffer = Buffer.concat([Buffer.from("From: x@example.net\n\nrubbish"), Buffer.from(bounce)]);
  expect(await readReport(buffer.subarray(28))).toMatchObject(permanent);
});

test("what is neither text nor bytes is refused with what to do", async () => {
  const stream = new ReadableStream();
  // @ts-expect-error What a caller without types may do.
  const refused = await readReport(stream).catch((error: unknown) => error);
  expect(isCsatError(refused, "invalid_input")).toBe(true);
});

// S73
describe("recipients", () => {
  test("the address that we wrote to counts, not the one behind it", async () => {
    const block = "Final-Recipient: rfc822; new@other.example.org\nAction: failed\nStatus: 5.1.1";
    expect(await readReport(reportWith(block))).toMatchObject({ recipient: "ann@customer.example.net" });
    const asked = `Original-Recipient: rfc822;<old@customer.example.net>\n${block}`;
    expect(await readReport(reportWith(asked))).toMatchObject({ recipient: "old@customer.example.net" });
    expect(await readReport(reportWith(block, "Subject: none"))).toMatchObject({
      recipient: "new@other.example.org",
    });
  });

  test("what is no address of a mail is none", async () => {
    const block = "Final-Recipient: x400; /G=Ann/S=Example/\nAction: failed\nStatus: 5.1.1";
    expect(await readReport(reportWith(block, "Subject: none"))).toMatchObject({ recipient: null });
  });

  test("a complaint names whom the report names, else whom the mail was written to", async () => {
    const sample = (name: string) => readFileSync(new URL(`samples/${name}.eml`, import.meta.url), "utf8");
    expect(await readReport(sample("feedback-redacted"))).toMatchObject({ recipient: null });
    expect(await readReport(sample("rfc5965-abuse"))).toMatchObject({
      recipient: "ann@customer.example.net",
    });
  });
});

// S73
describe("what a stranger wrote does not get any further", () => {
  const block = "Final-Recipient: rfc822; ann@customer.example.net\nAction: failed\nStatus: 5.1.1";

  test.each([
    ["control characters", "X-CSAT-Survey-ID: id_1\u0000\u0007x\nMessage-ID: <a\u0000b@help.example.com>"],
    ["another form", "X-CSAT-Survey-ID: id 1; drop\nMessage-ID: none"],
    [
      "great length",
      `X-CSAT-Survey-ID: ${"a".repeat(300)}\nMessage-ID: <${"b".repeat(2_000)}@help.example.com>`,
    ],
  ])("an id with %s is none", async (_how, head) => {
    expect(await readReport(reportWith(block, head))).toMatchObject({ surveyId: null, messageId: null });
  });

  test("an id with control characters in the report's own head is none either", async () => {
    const auto = (id: string) =>
      `From: ann@customer.example.net\nAuto-Submitted: auto-replied\nIn-Reply-To: ${id}\n\nAway.`;
    expect(await readReport(auto("<id_1@help.example.com>"))).toMatchObject({
      messageId: "<id_1@help.example.com>",
    });
    for (const id of ["<id_1\u0000@help.example.com>", "id_1\u0007@help.example.com"])
      expect(await readReport(auto(id))).toMatchObject({ kind: "auto_reply", messageId: null });
  });

  test("the first of two fields counts", async () => {
    const head = "Message-ID: <id_1@help.example.com>\nMessage-ID: <id_2@help.example.com>";
    expect(await readReport(reportWith(block, head))).toMatchObject({ messageId: "<id_1@help.example.com>" });
  });

  test("neither a sender's word nor a date makes a report verified or old", async () => {
    const report = await readReport(
      reportWith(`${block}\nLast-Attempt-Date: Thu, 1 Jan 1970 00:00:00 +0000`),
    );
    expect(Object.keys(report ?? {}).sort()).toEqual(
      ["isPermanent", "kind", "messageId", "recipient", "status", "surveyId"].sort(),
    );
  });
});

/** A report within so many parts. */
function nested(depth: number): string {
  const head = bounce.slice(bounce.indexOf("Content-Type: multipart/report"));
  let mail = head;
  for (let level = 1; level < depth; level++) {
    mail = `Content-Type: multipart/mixed; boundary=level${level}\n\n--level${level}\n${mail}\n--level${level}--`;
  }
  return mail;
}
