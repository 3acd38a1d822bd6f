import { expect, test } from "vitest";
import { emailVariables } from "./variables.ts";

const fallbacks = {
  customer_name: "there",
  ticket_subject: "your request",
  workspace_name: "Support",
  operator_name: "our team",
};
const facts = {
  customerName: "Dana",
  ticketSubject: "Printer on fire",
  workspaceName: "Acme",
  operatorName: "Carol",
  locale: null,
};

test("placeholders stand for what the host said", () => {
  expect(emailVariables({ facts, fallbacks })).toEqual({
    customer_name: "Dana",
    ticket_subject: "Printer on fire",
    workspace_name: "Acme",
    operator_name: "Carol",
  });
});

// S32
test.each([
  ["null", null],
  ["empty", ""],
  ["white space", " \t\r\n\u00a0"],
  ["zero-width characters", "\u200b\u2060"],
  ["control characters", "\u0000\u0007"],
])("a name that is %s falls back", (_name, blank) => {
  const values = emailVariables({ facts: { ...facts, customerName: blank, operatorName: blank }, fallbacks });
  expect(values.customer_name).toBe("there");
  expect(values.operator_name).toBe("our team");
});

// S32
test("what a host without types leaves out falls back too", () => {
  const nothing = JSON.parse("{}");
  expect(emailVariables({ facts: nothing, fallbacks })).toEqual(fallbacks);
});

// S32
test("a blank subject or workspace falls back too", () => {
  const values = emailVariables({ facts: { ...facts, ticketSubject: " ", workspaceName: "" }, fallbacks });
  expect(values.ticket_subject).toBe("your request");
  expect(values.workspace_name).toBe("Support");
});

// S36
test.each(["customerName", "ticketSubject", "workspaceName", "operatorName"] as const)(
  "%s stands on one line",
  (key) => {
    const values = emailVariables({ facts: { ...facts, [key]: "  a\r\nb\u0000\u2028c\t " }, fallbacks });
    expect(Object.values(values)).toContain("a b c");
  },
);

// S36
test("a customer's name is cut at 80 characters and a ticket's subject at 150", () => {
  const exact = emailVariables({
    facts: { ...facts, customerName: "n".repeat(80), ticketSubject: "s".repeat(150) },
    fallbacks,
  });
  expect(exact.customer_name).toBe("n".repeat(80));
  expect(exact.ticket_subject).toBe("s".repeat(150));
  const long = emailVariables({
    facts: { ...facts, customerName: "n".repeat(81), ticketSubject: "s".repeat(9_000) },
    fallbacks,
  });
  expect(long.customer_name).toBe(`${"n".repeat(79)}…`);
  expect(long.ticket_subject).toBe(`${"s".repeat(149)}…`);
});

// S36
test("a cut counts characters, not UTF-16 units, and splits none", () => {
  const kept = emailVariables({ facts: { ...facts, customerName: "🌸".repeat(80) }, fallbacks });
  expect(kept.customer_name).toBe("🌸".repeat(80));
  const cut = emailVariables({ facts: { ...facts, customerName: "🌸".repeat(81) }, fallbacks });
  expect(cut.customer_name).toBe(`${"🌸".repeat(79)}…`);
});

// S36
test("what will be thrown away does not count towards the length", () => {
  const name = `${" ".repeat(200)}Dana\u0000${"\n".repeat(200)}`;
  expect(emailVariables({ facts: { ...facts, customerName: name }, fallbacks }).customer_name).toBe("Dana");
});

test("what the workspace itself wrote is cut at 200 characters", () => {
  const values = emailVariables({
    facts: { ...facts, workspaceName: "w".repeat(200), operatorName: "o".repeat(201) },
    fallbacks,
  });
  expect(values.workspace_name).toBe("w".repeat(200));
  expect(values.operator_name).toBe(`${"o".repeat(199)}…`);
});
