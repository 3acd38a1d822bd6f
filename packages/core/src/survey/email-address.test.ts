import * as fc from "fast-check";
import { expect, test } from "vitest";
import { singleAddress } from "./email-address.ts";

// S14
test.each([
  "dana@example.com",
  "Dana.Reyes+help@Example.co.uk",
  "o'hara_1@sub.example.com",
  "!#$%&'*+/=?^_`{|}~-@example.com",
  "a@b.co",
  "1@2.example",
  "root@localhost",
  "jörg@exämple.com",
  "用户@例子.公司",
  "अजय@डाटा.भारत",
  "l·l@exemple.cat",
  "🦊@example.com",
  '"john doe"@example.com',
  '"a..b"@docomo.ne.jp',
  "a@[192.0.2.1]",
  "a@[IPv6:2001:db8::1]",
  "a@xn--exmple-cua.com",
  `${"a".repeat(64)}@example.com`,
  `a@${"b".repeat(63)}.com`,
  `${"é".repeat(32)}@example.com`,
])("one valid address is taken as it is: %s", (address) => {
  expect(singleAddress(address)).toBe(address);
});

// S14
test("white space around an address is dropped", () => {
  expect(singleAddress("  dana@example.com\r\n")).toBe("dana@example.com");
  expect(singleAddress("\u00a0dana@example.com\t")).toBe("dana@example.com");
});

// S14
test.each([
  ["null", null],
  ["empty", ""],
  ["blank", " \t\n"],
  ["no @", "dana.example.com"],
  ["no local part", "@example.com"],
  ["no domain", "dana@"],
  ["two @", "dana@home@example.com"],
  ["two addresses, comma", "dana@example.com,eve@example.com"],
  ["two addresses, comma and space", "dana@example.com, eve@example.com"],
  ["two addresses, semicolon", "dana@example.com; eve@example.com"],
  ["two addresses, space", "dana@example.com eve@example.com"],
  ["two addresses, line break", "dana@example.com\neve@example.com"],
  ["two addresses, full-width comma", "dana@example.com，eve@example.com"],
  ["a trailing comma", "dana@example.com,"],
  ["a list in the local part", "dana,eve@example.com"],
  ["a full-width list in the local part", "dana，eve@example.com"],
  ["a display name", "Dana <dana@example.com>"],
  ["a quoted display name", '"Dana" <dana@example.com>'],
  ["angle brackets", "<dana@example.com>"],
  ["mailto", "mailto:dana@example.com"],
  ["a comment", "dana(work)@example.com"],
  ["a group", "friends:dana@example.com;"],
  ["a header behind CRLF", "dana@example.com\r\nBcc: eve@example.com"],
  ["a header behind LF", "dana@example.com\nBcc:eve"],
  ["CR in the local part", "da\rna@example.com"],
  ["NUL", "dana\u0000@example.com"],
  ["DEL", "dana\u007f@example.com"],
  ["a C1 control", "dana\u0085x@example.com"],
  ["a line separator", "dana\u2028x@example.com"],
  ["a zero-width space", "dana\u200b@example.com"],
  ["a direction override", "\u202edana@example.com"],
  ["half of a surrogate pair", "dana\ud83d@example.com"],
  ["a leading dot", ".dana@example.com"],
  ["a trailing dot in the local part", "dana.@example.com"],
  ["two dots in the local part", "da..na@example.com"],
  ["a leading dot in the domain", "dana@.example.com"],
  ["a trailing dot in the domain", "dana@example.com."],
  ["two dots in the domain", "dana@example..com"],
  ["an ideographic full stop in the domain", "dana@例子。公司"],
  ["a hyphen first in a label", "dana@-example.com"],
  ["a hyphen last in a label", "dana@example-.com"],
  ["an underscore in the domain", "dana@my_company.com"],
  ["a space in the domain", "dana@exam ple.com"],
  ["a slash in the domain", "dana@example.com/x"],
  ["a port", "dana@example.com:25"],
  ["an IP address without brackets", "dana@192.0.2.1"],
  ["a numeric top-level domain", "dana@example.123"],
  ["an impossible IPv4 literal", "dana@[192.0.2.256]"],
  ["an IPv4 literal of three parts", "dana@[192.0.2]"],
  ["an IPv4 literal with a trailing dot", "dana@[192.0.2.1.]"],
  ["an IPv6 literal without its tag", "dana@[2001:db8::1]"],
  ["an impossible IPv6 literal", "dana@[IPv6:2001::db8::1]"],
  ["an open literal", "dana@[192.0.2.1"],
  ["a quoted @", '"dana@evil.example"@example.com'],
  ["a quoted comma", '"dana,eve"@example.com'],
  ["an escape in quotes", '"da\\"na"@example.com'],
  ["open quotes", '"dana@example.com'],
  ["empty quotes", '""@example.com'],
  ["a local part of 65 octets", `${"a".repeat(65)}@example.com`],
  ["a local part of 66 octets in 33 characters", `${"é".repeat(33)}@example.com`],
  ["a Unicode label of more than 63 in ASCII", `a@${"ü".repeat(60)}.com`],
  ["a Unicode domain of more than 253 in ASCII", `a@${"ü.".repeat(40)}com`],
  ["255 octets and more in fewer characters", `${"é".repeat(32)}@${`${"ü".repeat(30)}.`.repeat(4)}com`],
  ["a label of 64 characters", `a@${"b".repeat(64)}.com`],
  [
    "255 octets in all",
    `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(11)}`,
  ],
])("no single valid address: %s", (_name, value) => {
  expect(singleAddress(value)).toBeNull();
});

// S14
test("254 octets in all are still taken", () => {
  const longest = `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(10)}`;
  expect(longest).toHaveLength(254);
  expect(singleAddress(longest)).toBe(longest);
});

// S14
test("whatever a host stores there, the answer is null or one line without white space at its ends and with an @", () => {
  const parts = fc.constantFrom(
    "a",
    "@",
    ".",
    ",",
    ";",
    " ",
    "\r\n",
    "<",
    ">",
    '"',
    "\\",
    "\u0000",
    "é",
    "[",
    "]",
    "-",
    "b.com",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const address = singleAddress(pieces.join(""));
      if (address === null) return;
      expect(address).toMatch(/^[^\r\n\0,;<>\\]+@[^\r\n\0,;<>\\"@\s]+$/);
      expect(address.trim()).toBe(address);
    }),
    { numRuns: 2_000 },
  );
});

// S14
test.each([
  ["a million dots", ".".repeat(1_000_000)],
  ["a million at signs", "@".repeat(1_000_000)],
  ["a million spaces inside", `a${" ".repeat(1_000_000)}@example.com`],
  ["a million letters", `${"a".repeat(1_000_000)}@example.com`],
])("a huge value is refused outright: %s", (_name, value) => {
  expect(singleAddress(value)).toBeNull();
});
