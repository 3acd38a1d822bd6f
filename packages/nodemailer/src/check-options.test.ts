import { CsatError } from "@csat/core";
import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { nodemailerMailer } from "./index.ts";

const transport = createTransport({ jsonTransport: true });

function thrownBy(options: unknown): unknown {
  try {
    // What a host without type checks may pass.
    Reflect.apply(nodemailerMailer, undefined, [options]);
  } catch (error) {
    return error;
  }
  return null;
}

describe("wrong options are refused at start-up, all at once", () => {
  const addresses: readonly unknown[] = [
    "",
    "csat",
    "csat@",
    "@help.example",
    "csat@help..example",
    "csat@-help.example",
    "csat@help.example, b@help.example",
    "Support <csat@help.example>",
    "csat@help.example\r\nBcc: x@y.example",
    "cs at@help.example",
    '"csat"@help.example',
    `csat@${"a".repeat(64)}.example`,
    `${"a".repeat(250)}@help.example`,
    42,
    {},
  ];
  for (const address of [undefined, null, ...addresses]) {
    test(`from must be one bare address, not ${JSON.stringify(address)?.slice(0, 40)}`, () => {
      expect(thrownBy({ transport, from: address })).toMatchObject({
        code: "invalid_config",
        issues: [{ path: "from" }],
      });
    });
  }

  for (const address of addresses) {
    test(`replyTo must be one bare address, not ${JSON.stringify(address).slice(0, 40)}`, () => {
      const error = thrownBy({ transport, from: "csat@help.example", replyTo: address });
      expect(error).toMatchObject({ code: "invalid_config", issues: [{ path: "replyTo" }] });
    });
  }

  for (const value of [
    undefined,
    null,
    "",
    "mail.example",
    "http://mail.example",
    "smtp://",
    "smtp:",
    {},
    { send() {} },
    25,
  ]) {
    test(`transport must be a transporter, a function or an SMTP URL, not ${JSON.stringify(value)}`, () => {
      const error = thrownBy({ transport: value, from: "csat@help.example" });
      expect(error).toMatchObject({ code: "invalid_config", issues: [{ path: "transport" }] });
    });
  }

  test("nothing at all names what is missing", () => {
    for (const nothing of [undefined, null, {}]) {
      expect(thrownBy(nothing)).toMatchObject({ issues: [{ path: "transport" }, { path: "from" }] });
    }
  });

  test("the message says what to do and repeats neither passwords nor addresses", () => {
    const error = thrownBy({
      transport: "smpt://csat:hunter2@mail.example",
      from: "ann@@customer.example",
      replyTo: "x y@z",
    });
    expect(error).toBeInstanceOf(CsatError);
    expect(String(error)).toContain("from must be one bare address such as csat@help.example.com");
    expect(JSON.stringify(error) + String(error)).not.toMatch(/hunter2|customer|x y/);
  });
});

test("right options are taken as they are", () => {
  for (const from of [
    "csat@help.example",
    "csat+survey@localhost",
    "josé@bücher.example",
    () => "csat@help.example",
  ]) {
    for (const way of [
      transport,
      "smtp://mail.example",
      "smtps://csat:hunter2@mail.example:465/?pool=true",
      () => transport,
    ]) {
      expect(thrownBy({ transport: way, from })).toBe(null);
      expect(thrownBy({ transport: way, from, replyTo: null })).toBe(null);
    }
  }
});
