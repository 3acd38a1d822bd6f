import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { messageId } from "./message-id.ts";

const of = (localPart: string) => messageId({ localPart, domain: "help.example" });

// S11
test("a dot-atom stays as it is", () => {
  for (const localPart of ["V1StGXR8_Z5jdHi6B-myT", "survey.1", "a+b=c"])
    expect(of(localPart)).toBe(`<${localPart}@help.example>`);
});

test("anything else is written in letters, digits and =XX", () => {
  expect(of("a b")).toBe("<a=20b@help.example>");
  expect(of(".é.")).toBe("<=2E=C3=A9=2E@help.example>");
  expect(of("a\r\nBcc: x")).toBe("<a=0D=0ABcc=3A=20x@help.example>");
  expect(of("")).toBe("<=@help.example>");
});

const awkward = constantFrom(
  "a",
  "Z",
  "7",
  ".",
  "@",
  " ",
  "\r",
  "\n",
  "é",
  "😀",
  "<",
  ">",
  "=",
  "\u0000",
  "\ud800",
);

test("whatever the left half is, the Message-ID is one dot-atom on each side of one @", () => {
  assert(
    property(string({ unit: awkward }), (localPart) => {
      expect(of(localPart)).toMatch(/^<[^\s<>@()[\]\\,;:"\p{Cc}]+@help\.example>$/u);
      expect(of(localPart)).toBe(of(localPart));
    }),
  );
});
