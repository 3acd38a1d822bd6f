import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64Url } from "./base64url.ts";
import { hashToken, newToken, parseToken } from "./token.ts";

// S29
test("a token carries 130 random bits in 26 URL-safe characters of one case, without look-alikes", () => {
  const tokens = Array.from({ length: 2_000 }, newToken);
  expect(new Set(tokens).size).toBe(2_000);
  for (const token of tokens) expect(token).toMatch(/^[23456789abcdefghijkmnpqrstuvwxyz]{26}$/);
  // Every position takes all 32 values: no fixed bits hide behind the length.
  for (let index = 0; index < 26; index++) {
    expect(new Set(tokens.map((token) => token[index])).size).toBe(32);
  }
});

// S29
test("no value of a place is likelier than another", () => {
  const counts = new Map<string, number>();
  for (const letter of Array.from({ length: 4_000 }, newToken).join("")) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  // 104,000 letters, 3,250 of each. Of a fair draw the standard deviation is 56: six of them are 336.
  for (const count of counts.values()) expect(Math.abs(count - 3_250)).toBeLessThan(336);
});

describe("a token is recognised", () => {
  test("as it was given", () => {
    for (let round = 0; round < 200; round++) {
      const token = newToken();
      expect(parseToken(token)).toBe(token);
    }
  });

  // S13
  test.each([
    ["capital letters throughout", "ABCDEFGHIJKMNPQRSTUVWXYZ23"],
    ["a capital at its beginning", "Abcdefghijkmnpqrstuvwxyz23"],
    ["every other letter a capital", "aBcDeFgHiJkMnPqRsTuVwXyZ23"],
  ])("when its letters changed case on the way: %s", (_name, changed) => {
    expect(parseToken(changed)).toBe("abcdefghijkmnpqrstuvwxyz23");
  });
});

// S26
test.each([
  ["empty", ""],
  ["one character short", "a".repeat(25)],
  ["one character long", "a".repeat(27)],
  ["as long as a hash", "a".repeat(43)],
  ["with a zero", `${"a".repeat(25)}0`],
  ["with a one", `${"a".repeat(25)}1`],
  ["with an l", `${"a".repeat(25)}l`],
  ["with a capital L", `${"a".repeat(25)}L`],
  ["with an o", `${"a".repeat(25)}o`],
  ["with a capital O", `${"a".repeat(25)}O`],
  ["with an underscore", `${"a".repeat(25)}_`],
  ["followed by a line break", `${"a".repeat(26)}\n`],
  ["after a space", ` ${"a".repeat(25)}`],
  ["with a slash", `${"a".repeat(25)}/`],
  ["with padding", `${"a".repeat(25)}=`],
  ["with a letter beyond ASCII", `${"a".repeat(25)}é`],
  // Its lower case is the ASCII k.
  ["with a Kelvin sign", `${"a".repeat(25)}\u212A`],
  // Its upper case is the ASCII S.
  ["with a long s", `${"a".repeat(25)}\u017F`],
  ["with a wide letter", `${"a".repeat(25)}\uFF41`],
  ["percent-encoded", `${"a".repeat(23)}%41`],
  ["an array", ["a".repeat(26)]],
  ["an object that reads as one", { toString: () => "a".repeat(26) }],
  ["null", null],
  ["undefined", undefined],
  ["a number", 42],
])("no token: %s", (_name, value) => {
  expect(parseToken(value)).toBeNull();
});

// S13
test("what is stored is a SHA-256 under a purpose of its own, from which the token cannot be read", async () => {
  const token = "abcdefghijkmnpqrstuvwxyz23";
  // printf 'csat survey token v1:abcdefghijkmnpqrstuvwxyz23' | openssl dgst -sha256 -binary | basenc --base64url | tr -d =
  expect(await hashToken(token)).toBe("eiUDRk89_-0TIRi6hi9v4CNDZ47qQJECx-pzYfOvD5I");
  expect(await hashToken(newToken())).not.toBe(await hashToken(token));
});

test("bytes become base64url as Node's own encoder writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    }),
  );
});
