import { describe, expect, test } from "vitest";
import { outcomeOfFailure } from "./outcome-of-failure.ts";

const outcomeOf = (error: unknown, contentMayHaveLeft: boolean) =>
  outcomeOfFailure({ error, contentMayHaveLeft });

// Nodemailer before 10 drains a message after such an error, which looks as if it had been sent.
describe("codes that stand before the content alone prove that nothing was taken", () => {
  for (const code of ["EAUTH", "EDNS", "ETLS", "EPROXY", "ECONFIG", "EOAUTH2"]) {
    test(`${code} concerns every mail`, () => {
      expect(outcomeOf({ code }, true)).toEqual({
        kind: "unavailable",
        error: `mail (${code})`,
        everyMail: true,
      });
    });
  }

  test("an envelope that Nodemailer does not take, or a mail that is too large, is this mail's", () => {
    for (const error of [
      { code: "EENVELOPE", command: "API" },
      { code: "EMESSAGE", command: "MAIL FROM" },
    ]) {
      expect(outcomeOf(error, true)).toMatchObject({ kind: "unavailable", everyMail: false });
    }
  });
});

// S11
test("a message that fails while it is read is this mail's before the content, and open since", () => {
  expect(outcomeOf({ code: "ESTREAM", command: "API" }, false)).toMatchObject({
    kind: "unavailable",
    everyMail: false,
  });
  expect(outcomeOf({ code: "ESTREAM", command: "API" }, true)).toEqual({
    kind: "unknown",
    error: "API (ESTREAM)",
  });
});

test("whatever is thrown has an outcome", () => {
  for (const thrown of [
    null,
    undefined,
    "ann@customer.example",
    7,
    {},
    { code: 5, command: {}, response: [] },
  ]) {
    expect(outcomeOf(thrown, true)).toEqual({ kind: "unknown", error: "mail failed" });
    expect(outcomeOf(thrown, false)).toEqual({ kind: "unavailable", error: "mail failed", everyMail: true });
  }
});

test("the system's own code is told beside Nodemailer's", () => {
  const error = { code: "ESOCKET", command: "CONN", originalCode: "ECONNREFUSED" };
  expect(outcomeOf(error, false)).toMatchObject({ error: "connection (ESOCKET, ECONNREFUSED)" });
});
