import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readReport } from "../../src/index.ts";
import { hostileShapes } from "./shapes.ts";

const samples = new URL("../samples/", import.meta.url);
const mails = readdirSync(samples)
  .filter((name) => name.endsWith(".eml"))
  .map((name) => readFileSync(new URL(name, samples), "latin1"));

/** What is put somewhere into a mail, or in place of a part of it. */
const scrap = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "\0",
    "\r",
    "\n\n",
    "\r\n \r\n",
    "\u2028",
    "\ufeff",
    "--",
    "--s\n",
    "--s--\n",
    "Content-Type: message/rfc822\n\n",
    "Content-Type: multipart/mixed; boundary=s\n\n--s\n",
    'Content-Type: text/plain; charset="utf-7"\n\n',
    "Content-Type: text/html; charset=x-broken\n\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "\nAction: failed\nStatus: 5.1.1\n",
    "Status: 99999999999.1.1\n",
    "X-CSAT-Survey-ID: __proto__\n",
    "Message-ID: <a@b> <c@d>\r\n\tX: y\n",
    "=?utf-8?B?////?=",
    "=?iso-2022-jp?Q?=1B$B?=",
    "constructor: 1\n",
  ),
  fc.nat(3_000).map((length) => "a".repeat(length)),
);

/** From and to as shares of the length, so that a case shrinks together with its mail. */
const place = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.2, noNaN: true }),
);

const mutation = fc.oneof(
  fc.tuple(place, scrap).map(([[from, share], text]) => splice(from, share, () => text)),
  fc.tuple(place, scrap).map(([[from], text]) => splice(from, 0, () => text)),
  place.map(([from, share]) => splice(from, share, () => "")),
  fc
    .tuple(place, fc.integer({ min: 2, max: 12 }))
    .map(([[from, share], times]) => splice(from, share, (part) => part.repeat(times))),
  place.map(([from, share]) =>
    splice(from, share, (part) => part.slice(part.length / 2) + part.slice(0, part.length / 2)),
  ),
  place.map(
    ([from]) =>
      (mail: string) =>
        mail.slice(0, Math.floor(mail.length * from)),
  ),
);

const mutated = fc
  .tuple(fc.constantFrom(...mails), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([mail, mutations]) => mutations.reduce((text, mutate) => mutate(text), mail).slice(0, 256_000));

const manyParts = fc
  .tuple(
    fc.integer({ min: 2, max: 200 }),
    fc.array(fc.constantFrom(...mails), { minLength: 1, maxLength: 3 }),
  )
  .map(([count, parts]) => {
    const body = Array.from(
      { length: count },
      (_, at) => `--many\n${parts[at % parts.length]?.slice(0, 1_200)}\n`,
    );
    return `Content-Type: multipart/report; boundary=many\n\n${body.join("")}--many--\n`;
  });

const deep = fc.tuple(fc.integer({ min: 2, max: 50 }), fc.constantFrom(...mails)).map(([depth, mail]) => {
  let text = mail;
  for (let level = 0; level < depth; level++) {
    text = `Content-Type: multipart/mixed; boundary="d${level}"\n\n--d${level}\n${text}\n--d${level}--\n`;
  }
  return text;
});

const shaped = fc
  .tuple(fc.constantFrom(...Object.values(hostileShapes)), fc.integer({ min: 200, max: 20_000 }))
  .map(([shape, size]) => shape(size).slice(0, size));
const large = fc.constantFrom(...Object.values(hostileShapes)).map((shape) => shape(256_000));

const anyMail = fc.oneof(
  { arbitrary: mutated, weight: 850 },
  { arbitrary: manyParts, weight: 10 },
  { arbitrary: deep, weight: 40 },
  { arbitrary: shaped, weight: 60 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 2_000 }), weight: 36 },
  { arbitrary: large, weight: 4 },
);

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** What is still held, on and beside the heap. */
function heldBytes(): number {
  if (typeof collect === "function") collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const kinds = ["bounced", "complained", "auto_reply"];
const runs = 10_000;

// S73
test("of 10,000 mutated and hostile mails each is a report or null, and nothing of them stays", async () => {
  let read = 0;
  let reports = 0;
  let afterFirst = 0;
  await fc.assert(
    fc.asyncProperty(anyMail, fc.boolean(), async (mail, asBytes) => {
      const report = await readReport(asBytes ? Buffer.from(mail, "latin1") : mail);
      read++;
      if (read === 1_000) afterFirst = heldBytes();
      if (report === null) return;
      reports++;
      expect(kinds).toContain(report.kind);
      expect(report.messageId ?? "<a@b>").toMatch(/^<[^<>\s\p{Cc}]{1,990}>$/u);
      expect(report.surveyId ?? "a").toMatch(/^[\w.-]{1,200}$/);
      expect(report.recipient ?? "a@b").toMatch(/^[^\s\p{Cc}]{1,254}$/u);
      if (report.kind === "bounced") expect(report.status ?? "5.0.0").toMatch(/^[45]\.\d{1,3}\.\d{1,3}$/);
    }),
    { numRuns: runs },
  );
  expect(read).toBe(runs);
  // Most are still told apart: otherwise the test would show nothing.
  expect(reports).toBeGreaterThan(runs / 4);
  expect(heldBytes() - afterFirst).toBeLessThan(20_000_000);
});

function splice(from: number, share: number, change: (part: string) => string): (mail: string) => string {
  return (mail) => {
    const start = Math.floor(mail.length * from);
    const end = Math.min(mail.length, start + Math.floor(mail.length * share));
    return mail.slice(0, start) + change(mail.slice(start, end)) + mail.slice(end);
  };
}
