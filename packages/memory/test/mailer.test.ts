import { knownWithoutSmtp, testMailer } from "@csat/conformance";
import type { Mail } from "@csat/core";
import { afterEach, describe, it } from "vitest";
import { memoryMailer } from "../src/index.ts";

const base64 = (words: string) => Buffer.from(words).toString("base64");
const word = (words: string) => `=?utf-8?B?${base64(words)}?=`;

/** A kept mail as it would go over the wire: the memory mailer keeps the parts and writes no mails itself. */
function rawMail({ to, fromName, subject, html, text, headers, messageIdLocalPart }: Mail): string {
  const oneLine = (value: string) => value.replace(/[\r\n]+/g, " ");
  return [
    `From: ${word(fromName)} <csat@memory.invalid>`,
    `To: ${to.name === null ? to.address : `${word(to.name)} <${to.address}>`}`,
    `Subject: ${word(subject)}`,
    `Message-ID: <${messageIdLocalPart}@memory.invalid>`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}`),
    'Content-Type: multipart/alternative; boundary="part"',
    ...[
      ["text/plain", text],
      ["text/html", html],
    ].flatMap(([type, body = ""]) => [
      "",
      "--part",
      `Content-Type: ${type}; charset=utf-8`,
      "Content-Transfer-Encoding: base64",
      "",
      base64(body),
    ]),
    "--part--",
  ].join("\r\n");
}

testMailer(
  "memoryMailer",
  {
    async create() {
      const mailer = memoryMailer();
      return {
        mailer,
        received: async () => mailer.sent.map((mail) => ({ raw: rawMail(mail) })),
        close: async () => {},
      };
    },
    known: knownWithoutSmtp("nothing leaves the process, and no server says anything"),
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
