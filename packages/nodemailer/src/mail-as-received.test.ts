import type { Mail } from "@csat/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { people, type ReceivedMail, type SmtpInbox, smtpInbox } from "../test/support/smtp-inbox.ts";
import { nodemailerMailer } from "./index.ts";
import type { NodemailerMailerOptions } from "./nodemailer-mailer-options.ts";

let inbox: SmtpInbox;
beforeAll(async () => {
  inbox = await smtpInbox();
});
afterAll(() => inbox.close());

async function received(
  differences: Partial<Mail> = {},
  options: Partial<NodemailerMailerOptions> = {},
): Promise<ReceivedMail> {
  const mailer = nodemailerMailer({ transport: inbox.url, from: "csat@help.example", ...options });
  const outcome = await mailer.send(aMail(differences), new AbortController().signal);
  expect(outcome.kind).toBe("accepted");
  const mail = inbox.mails.at(-1);
  if (mail === undefined) throw new Error("Nothing was received.");
  return mail;
}

/** The header lines, unfolded, without the body. */
function headerLines({ raw }: ReceivedMail): readonly string[] {
  const head = raw.split("\r\n\r\n", 1)[0] ?? "";
  return head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
}

const awkwardNames = [
  'Ann "The Boss" Ito, Ltd; (x) <y@z.example>',
  "O'Brien & Söhne",
  "شركة الدعم",
  "משה כהן",
  "Support 🚀👩‍👩‍👧",
  "名前".repeat(40),
  "a@b.example",
  "back\\slash",
];

describe("a logo", () => {
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const inline = [{ contentId: "logo@csat", contentType: "image/png", base64: png }];

  test("comes as a part beside the HTML that shows it, in the alternative to the text, and is no attachment to save", async () => {
    const { raw, parsed } = await received({ inline, html: '<img src="cid:logo@csat" alt="">' });
    const types = [...raw.matchAll(/^content-type: ([\w/]+)/gim)].map(([, type]) => type);
    expect(types).toEqual([
      "multipart/alternative",
      "text/plain",
      "multipart/related",
      "text/html",
      "image/png",
    ]);
    expect(raw).toMatch(/^content-id: <logo@csat>\r$/im);
    expect(raw).toMatch(/^content-disposition: inline\r$/im);
    const [part] = parsed.attachments;
    expect(part?.content.toString("base64")).toBe(png);
    expect([part?.related, part?.cid]).toEqual([true, "logo@csat"]);
  });

  test("that is none leaves a mail of two parts, as it was", async () => {
    const { raw } = await received();
    expect(raw).not.toMatch(/multipart\/related|content-id/i);
  });
});

// S36
describe("display names", () => {
  for (const name of awkwardNames) {
    test(`arrive as they are on both sides: ${name}`, async () => {
      const mail = await received({ fromName: name, to: { name, address: "ann@customer.example" } });
      expect(people(mail.parsed.from)).toEqual([[name, "csat@help.example"]]);
      expect(people(mail.parsed.to)).toEqual([[name, "ann@customer.example"]]);
      expect([mail.from, ...mail.to]).toEqual(["csat@help.example", "ann@customer.example"]);
    });
  }

  test("and subjects that look encoded are not decoded on the way", async () => {
    const sly = "=?utf-8?Q?a=0D=0Ab?= =?UTF-8?b?4oCu?=";
    const { parsed } = await received({
      fromName: sly,
      subject: sly,
      to: { name: sly, address: "ann@customer.example" },
    });
    const shown = [parsed.subject, ...[parsed.from, parsed.to].flatMap(people).map(([name]) => name)];
    expect(shown.map((text) => text?.replaceAll("\u2060", ""))).toEqual([sly, sly, sly]);
  });

  test("that are missing or blank leave the bare address", async () => {
    for (const name of [null, "", " \t "]) {
      const mail = await received({ fromName: " ", to: { name, address: "ann@customer.example" } });
      expect(headerLines(mail)).toContain("From: csat@help.example");
      expect(headerLines(mail)).toContain("To: ann@customer.example");
    }
  });
});

// S36
describe("line breaks and control characters cannot begin a header", () => {
  const attack = "x\r\nBcc: evil@evil.example\r\n\r\n<b>body</b>\u0000\u0085\u2028";

  test("in names, subject, header values and the Message-ID", async () => {
    const mail = await received({
      fromName: attack,
      to: { name: attack, address: "ann@customer.example" },
      subject: attack,
      headers: { "X-Survey": attack, "X-Bad\r\nBcc": "evil@evil.example", "Bad Name": "x", "": "y" },
      messageIdLocalPart: attack,
    });
    expect(mail.to).toEqual(["ann@customer.example"]);
    expect(headerLines(mail).filter((line) => /^(bcc|bad|:)/i.test(line))).toEqual([]);
    expect(mail.parsed.subject).toBe("xBcc: evil@evil.example<b>body</b>");
    expect(mail.parsed.headers.get("x-survey")).toBe("xBcc: evil@evil.example<b>body</b>");
    expect(people(mail.parsed.from)).toEqual([["xBcc: evil@evil.example<b>body</b>", "csat@help.example"]]);
    expect(mail.parsed.messageId).toMatch(/^<[A-Za-z\d=]+@help\.example>$/);
    expect(mail.parsed.text?.trim()).toBe("Tell us");
  });

  test("the mail's headers cannot replace those that address and describe it", async () => {
    const mail = await received({
      headers: {
        to: "evil@evil.example",
        CC: "evil@evil.example",
        Bcc: "evil@evil.example",
        From: "evil@evil.example",
        Subject: "evil",
        "message-ID": "<evil@evil.example>",
        "Content-Type": "text/evil",
        "MIME-Version": "6.66",
      },
    });
    expect(mail.raw).not.toContain("evil");
    expect(mail.to).toEqual(["ann@customer.example"]);
  });
});

// S18
test("headers against auto-replies arrive as given", async () => {
  const headers = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    Precedence: "bulk",
    "List-Id": "Acme surveys <csat.acme.help.example>",
  };
  const mail = await received({ headers });
  const lines = headerLines(mail).map((line) => line.toLowerCase());
  for (const [name, value] of Object.entries(headers)) {
    expect(lines).toContain(`${name}: ${value}`.toLowerCase());
  }
});

// S11
test("every attempt of a survey carries the same Message-ID under the sender's domain, another survey another one", async () => {
  const ids: (string | undefined)[] = [];
  for (const messageIdLocalPart of ["survey-7", "survey-7", "survey-8"]) {
    ids.push((await received({ messageIdLocalPart })).parsed.messageId);
  }
  expect(ids).toEqual(["<survey-7@help.example>", "<survey-7@help.example>", "<survey-8@help.example>"]);
});

test("a sender's domain in Unicode stands in ASCII in the Message-ID", async () => {
  const mail = await received({}, { from: "csat@bücher.example" });
  expect(mail.parsed.messageId).toBe("<survey-1@xn--bcher-kva.example>");
});

// S37
test("HTML and plain text arrive as alternatives in UTF-8, letter for letter", async () => {
  const text = "Grüße 🌍 مرحبا\n.\nFrom here\n=3D";
  const html = `<p dir="rtl">مرحبا 🌍 ${"long ".repeat(300)}</p>`;
  const { parsed, raw } = await received({ text, html, subject: "Ist «alles» gut? 🙂 مرحبا" });
  expect(parsed.headers.get("content-type")).toMatchObject({ value: "multipart/alternative" });
  expect(raw.match(/^Content-Type: text\/(plain|html); charset=utf-8/gm)).toHaveLength(2);
  expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
  expect(parsed.text?.trim()).toBe(text);
  expect(typeof parsed.html === "string" ? parsed.html.trim() : "").toBe(html);
  expect(parsed.subject).toBe("Ist «alles» gut? 🙂 مرحبا");
});

test("an address in Unicode is sent to with SMTPUTF8", async () => {
  const mail = await received({ to: { name: null, address: "josé@bücher.example" } });
  expect(mail.to).toEqual(["josé@bücher.example"]);
});

test("answers go to replyTo where it is given, else to what the mail says", async () => {
  const headers = { "Reply-To": "desk@help.example" };
  expect(people((await received({ headers }, { replyTo: "help@help.example" })).parsed.replyTo)).toEqual([
    ["", "help@help.example"],
  ]);
  expect(people((await received({ headers })).parsed.replyTo)).toEqual([["", "desk@help.example"]]);
  expect((await received({}, { replyTo: null })).parsed.replyTo).toBe(undefined);
});
