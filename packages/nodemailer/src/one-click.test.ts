import { createVerify, generateKeyPairSync } from "node:crypto";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aMail } from "../test/support/a-mail.ts";
import { type SmtpInbox, smtpInbox } from "../test/support/smtp-inbox.ts";
import { nodemailerMailer } from "./index.ts";

let inbox: SmtpInbox;
beforeAll(async () => {
  inbox = await smtpInbox();
});
afterAll(() => inbox.close());

const token = "abcdefghijkmnpqrstuvwxyz23";
const oneClick = (link: string) => ({
  "List-Unsubscribe": `<${link}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** The raw head of a mail with these headers, as a real server took it. */
async function headOf(headers: Readonly<Record<string, string>>, dkim?: object): Promise<string> {
  const { port } = new URL(inbox.url);
  const transport = createTransport({ host: "127.0.0.1", port: Number(port), ...(dkim ? { dkim } : {}) });
  const mailer = nodemailerMailer({ transport, from: "csat@help.example" });
  const outcome = await mailer.send(aMail({ headers }), new AbortController().signal);
  transport.close();
  expect(outcome.kind).toBe("accepted");
  return inbox.mails.at(-1)?.raw.split("\r\n\r\n", 1)[0] ?? "";
}

/** The lines of one header, folded as they arrived. */
function linesOf(head: string, name: string): readonly string[] {
  const lines = head.split("\r\n");
  const first = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => !/^[ \t]/.test(line));
  return first === -1 ? [] : [lines[first] ?? "", ...(end === -1 ? rest : rest.slice(0, end))];
}

// S70
describe("the headers of unsubscribing by one click arrive at the server intact", () => {
  test.each([
    ["a short link", `https://a.example/o/${token}`],
    ["a link with a language", `https://help.example.com/csat/o/${token}?lang=zh-Hant-TW`],
    [
      "a link that is longer than a line usually is",
      `https://${"long.".repeat(30)}example/csat/o/${token}?lang=de`,
    ],
    [
      "the longest link that a line holds",
      `https://help.example.com/${"a".repeat(921)}/o/${token}`.slice(0, 978),
    ],
    ["a link with percent signs and dashes", `https://help.example.com/B%C3%BCro-Nord/o/${token}`],
  ])("%s", async (_name, link) => {
    const head = await headOf(oneClick(link));
    const lines = linesOf(head, "List-Unsubscribe");
    // Whoever unfolds it, by whatever rules, finds the link whole: it stands within one line.
    expect(lines.filter((line) => line.includes(`<${link}>`))).toHaveLength(1);
    expect(lines.join("").replace(/\s+/g, " ")).toBe(`List-Unsubscribe: <${link}>`);
    expect(linesOf(head, "List-Unsubscribe-Post")).toEqual([
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]);
    for (const line of head.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
  });
});

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const key = { domainName: "help.example", keySelector: "csat", privateKey };
// As docs/guides/production.md has it.
const headerFieldNames =
  "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Id:List-Unsubscribe:List-Unsubscribe-Post";

/** The tags of a DKIM signature (RFC 6376, 3.5). */
function tagsOf(head: string): ReadonlyMap<string, string> {
  const value = linesOf(head, "DKIM-Signature")
    .join("")
    .replace(/^[^:]+:/, "");
  return new Map(
    value.split(";").map((tag) => {
      const [name = "", ...text] = tag.split("=");
      return [name.trim(), text.join("=").replace(/\s+/g, "")];
    }),
  );
}

// S70
describe("DKIM, which RFC 8058 asks for", () => {
  test("covers both headers when the transport names them, and the signature over them verifies", async () => {
    const head = await headOf(oneClick(`https://help.example.com/csat/o/${token}`), {
      ...key,
      headerFieldNames,
    });
    const tags = tagsOf(head);
    const covered = (tags.get("h") ?? "").toLowerCase().split(":");
    expect(covered).toContain("list-unsubscribe");
    expect(covered).toContain("list-unsubscribe-post");
    // RFC 6376, 3.4.2: names in lower case, unfolded, white space reduced.
    const relaxed = (lines: readonly string[]) => {
      const [name = "", ...value] = lines.join("").split(":");
      return `${name.toLowerCase().trim()}:${value.join(":").replace(/\s+/g, " ").trim()}`;
    };
    const own = relaxed(linesOf(head, "DKIM-Signature")).replace(/(;\s*b=).*$/, "$1");
    const signed = [...covered.map((name) => relaxed(linesOf(head, name))), own].join("\r\n");
    const isValid = (text: string) =>
      createVerify("RSA-SHA256")
        .update(text)
        .verify(publicKey, tags.get("b") ?? "", "base64");
    expect(isValid(signed)).toBe(true);
    expect(isValid(signed.replace("One-Click", "One-Clack"))).toBe(false);
  });

  test("leaves List-Unsubscribe-Post out when it does not: hence the option", async () => {
    const head = await headOf(oneClick(`https://help.example.com/csat/o/${token}`), key);
    const covered = (tagsOf(head).get("h") ?? "").toLowerCase().split(":");
    expect(covered).toContain("list-unsubscribe");
    expect(covered).not.toContain("list-unsubscribe-post");
  });
});
