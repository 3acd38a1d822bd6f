import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "./base64url.ts";
import { hashToken, isToken, newToken } from "./token.ts";

// S29
test("a token carries 192 random bits in 32 URL-safe characters", () => {
  const tokens = Array.from({ length: 2_000 }, newToken);
  expect(new Set(tokens).size).toBe(2_000);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
  // Every position varies: no fixed bits hide behind the length.
  for (let index = 0; index < 32; index++) {
    expect(new Set(tokens.map((token) => token[index])).size).toBe(64);
  }
});

test("every new token has the form of a token", () => {
  for (let round = 0; round < 200; round++) expect(isToken(newToken())).toBe(true);
});

test.each([
  ["empty", ""],
  ["one character short", "a".repeat(31)],
  ["one character long", "a".repeat(33)],
  ["followed by a line break", `${"a".repeat(32)}\n`],
  ["after a space", ` ${"a".repeat(31)}`],
  ["with a slash", `${"a".repeat(31)}/`],
  ["with padding", `${"a".repeat(31)}=`],
  ["with a letter beyond ASCII", `${"a".repeat(31)}é`],
  ["percent-encoded", `${"a".repeat(29)}%41`],
  ["an array", ["a".repeat(32)]],
  ["an object that reads as one", { toString: () => "a".repeat(32) }],
  ["null", null],
  ["undefined", undefined],
  ["a number", 42],
])("no token: %s", (_name, value) => {
  expect(isToken(value)).toBe(false);
});

// S13
test("what is stored is a SHA-256 under a purpose of its own, from which the token cannot be read", async () => {
  const token = "abcdefghijklmnopqrstuvwxyz012345";
  // printf 'csat survey token v1:abcdefghijklmnopqrstuvwxyz012345' | openssl dgst -sha256 -binary | basenc --base64url | tr -d =
  expect(await hashToken(token)).toBe("cbQMdhnL5P5csNITXDmoQ8CNxpYkd-I6RyBgMr7Ivjw");
  expect(await hashToken(newToken())).not.toBe(await hashToken(token));
});

test("bytes become base64url as Node's own encoder writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    }),
  );
});
