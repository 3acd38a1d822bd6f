import fc from "fast-check";
import { expect, test } from "vitest";
import { normalAddress } from "./normal-address.ts";

// S60
test.each([
  ["  Dana@Example.COM\n", "dana@example.com"],
  ["DANA+csat@example.com", "dana+csat@example.com"],
  ["dana@bücher.example", "dana@xn--bcher-kva.example"],
  ["dana@BÜCHER.example", "dana@xn--bcher-kva.example"],
  ["dana@XN--BCHER-KVA.example", "dana@xn--bcher-kva.example"],
  ["Jürgen@example.com", "jürgen@example.com"],
  ["taro.@docomo.ne.jp", '"taro."@docomo.ne.jp'],
  ['"Taro."@docomo.ne.jp', '"taro."@docomo.ne.jp'],
  [" +49 170 0000000 ", "+49 170 0000000"],
  ["Root@localhost", "root@localhost"],
  ["U02ABC@team@slack", "u02abc@team@slack"],
  ["", ""],
])("%j is known as %j", (address, known) => {
  expect(normalAddress(address)).toBe(known);
});

test("addresses that differ in dots or behind a plus are different customers", () => {
  // S60: what a provider makes of them is the provider's own rule.
  const spellings = ["dana.day@example.com", "danaday@example.com", "dana.day+1@example.com"];
  expect(new Set(spellings.map(normalAddress)).size).toBe(3);
});

test("what is normal stays as it is, whatever the text was", () => {
  // S60
  const address = fc
    .tuple(fc.string({ unit: "grapheme" }), fc.constantFrom("@example.com", "@ÄÖ.example", "@", ""))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(address, (text) => {
      const once = normalAddress(text);
      expect(normalAddress(once)).toBe(once);
      expect(normalAddress(` ${text.toLowerCase()} `)).toBe(normalAddress(text.toLowerCase()));
    }),
    { seed: 60, numRuns: 2_000 },
  );
});
