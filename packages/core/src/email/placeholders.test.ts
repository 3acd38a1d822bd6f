import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fillPlaceholders, findUnknownPlaceholders, placeholderNames } from "./placeholders.ts";

const values = {
  customer_name: "Dana",
  ticket_subject: "Printer on fire",
  workspace_name: "Acme",
  operator_name: "Carol",
};
const bracketed = (value: string) => `[${value}]`;
const fill = (template: string) => fillPlaceholders({ template, values, escape: (value) => value });

test.each([
  [
    "each by its value",
    "{{customer_name}}, {{ticket_subject}}, {{workspace_name}}, {{operator_name}}",
    "Dana, Printer on fire, Acme, Carol",
  ],
  ["one several times", "{{customer_name}} {{customer_name}}{{customer_name}}", "Dana DanaDana"],
  ["white space inside the braces", "{{ customer_name }} {{\tcustomer_name}}", "Dana Dana"],
  ["braces around the braces", "{{{customer_name}}}", "{Dana}"],
  ["four braces", "{{{{customer_name}}}}", "{{Dana}}"],
  ["one brace", "{customer_name}", "{customer_name}"],
  ["an open end", "{{customer_name", "{{customer_name"],
  ["an end with one brace", "{{customer_name} {{operator_name}}", "{{customer_name} Carol"],
  ["a line break inside", "{{customer_name\n}}", "{{customer_name\n}}"],
  ["no placeholder", "Hello", "Hello"],
  ["nothing", "", ""],
])("filled: %s", (_name, template, expected) => {
  expect(fill(template)).toBe(expected);
});

// S35
test.each([
  "{{name}}",
  "{{Customer_Name}}",
  "{{customer name}}",
  "{{customer_name|upper}}",
  "{{}}",
  "{{ }}",
  "{{#if customer_name}}",
])("an unknown placeholder stays as it is written: %s", (template) => {
  expect(fill(`a ${template} b`)).toBe(`a ${template} b`);
});

// S34
test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "length", "0"])(
  "an inherited key is an unknown placeholder: %s",
  (name) => {
    expect(fill(`{{${name}}}`)).toBe(`{{${name}}}`);
    expect(findUnknownPlaceholders(`{{${name}}}`)).toEqual([name]);
  },
);

// S34
test("a value that looks like a placeholder or a replacement pattern is just text", () => {
  const hostile = { ...values, customer_name: "{{workspace_name}}", ticket_subject: "$& $1 $' $` $$ $<a>" };
  const filled = fillPlaceholders({
    template: "{{customer_name}}: {{ticket_subject}}",
    values: hostile,
    escape: (value) => value,
  });
  expect(filled).toBe("{{workspace_name}}: $& $1 $' $` $$ $<a>");
});

// S34
test("two values do not join into a placeholder", () => {
  const halves = { ...values, customer_name: "{{workspace", operator_name: "_name}}" };
  const template = "{{customer_name}}{{operator_name}}";
  expect(fillPlaceholders({ template, values: halves, escape: (value) => value })).toBe("{{workspace_name}}");
});

// S36
test("values are escaped, the template's own text is not", () => {
  expect(fillPlaceholders({ template: "<b> {{customer_name}} {{no}}", values, escape: bracketed })).toBe(
    "<b> [Dana] {{no}}",
  );
});

// S35
test.each([
  ["none", "Hi {{customer_name}} {{ operator_name }}", []],
  ["each once, in order", "{{b}} {{a}} {{b}} {{ a }}", ["b", "a"]],
  ["known ones left out", "{{customer_name}}{{nope}}", ["nope"]],
  ["another case", "{{CUSTOMER_NAME}}", ["CUSTOMER_NAME"]],
  ["an empty one", "{{}}", [""]],
  ["one with spaces", "{{ first name }}", ["first name"]],
  ["one in three braces", "{{{html}}}", ["html"]],
  ["one with a brace in it", "{{ev{il}}", ["ev{il"]],
  ["one that closes with three braces", "{{evil{x}}}", ["evil{x"]],
  ["one that ends on the next line", "{{customer_name\n}} {{evil\n}}", ["customer_name", "evil"]],
  ["one around a known one", "{{ {{customer_name}} }}", [""]],
  ["what never closes", "{{a {{b", []],
])("unknown placeholders: %s", (_name, template, expected) => {
  expect(findUnknownPlaceholders(template)).toEqual(expected);
});

test("any mixture of text, known and unknown placeholders is filled piece by piece", () => {
  const space = fc.constantFrom("", " ", "\t", "  ");
  const text = fc
    .stringMatching(/^[a-z <>&$'"\n]*$/)
    // An empty literal has no element type of its own.
    .map((written) => ({ written, filled: written, unknown: [] as string[] }));
  const known = fc.tuple(fc.constantFrom(...placeholderNames), space).map(([name, around]) => ({
    written: `{{${around}${name}${around}}}`,
    filled: `[${values[name]}]`,
    unknown: [],
  }));
  const unknown = fc
    .tuple(fc.stringMatching(/^[a-z_]{1,12}$/), space)
    .filter(([name]) => !Object.hasOwn(values, name))
    .map(([name, around]) => {
      const written = `{{${around}${name}${around}}}`;
      return { written, filled: written, unknown: [name] };
    });
  fc.assert(
    fc.property(fc.array(fc.oneof(text, known, unknown), { maxLength: 12 }), (pieces) => {
      const template = pieces.map(({ written }) => written).join("");
      expect(fillPlaceholders({ template, values, escape: bracketed })).toBe(
        pieces.map(({ filled }) => filled).join(""),
      );
      expect(findUnknownPlaceholders(template)).toEqual([
        ...new Set(pieces.flatMap((piece) => piece.unknown)),
      ]);
    }),
  );
});

// S34
test("no value, whatever it holds, changes anything but its own place", () => {
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom("{{customer_name}}", "}}", "{{", "$&", "$1", "\\", "{"),
  );
  fc.assert(
    fc.property(nasty, nasty, (customer, operator) => {
      const filled = fillPlaceholders({
        template: "a{{customer_name}}b{{operator_name}}c",
        values: { ...values, customer_name: customer, operator_name: operator },
        escape: (value) => value,
      });
      expect(filled).toBe(`a${customer}b${operator}c`);
    }),
  );
});

test("a long run of open braces is read once", () => {
  const template = "{{".repeat(500_000);
  expect(fill(template)).toBe(template);
  expect(findUnknownPlaceholders(`{{${"a ".repeat(500_000)}`)).toEqual([]);
});
