import { describe, expect, test } from "vitest";
import { silentLogger } from "./logger.ts";
import { checkedTheme } from "./theme.ts";
import { checkedTickets, type TicketSource } from "./ticket-source.ts";

const ref = { workspaceId: "acme", ticketId: "T1" };
const whole = {
  ticketId: "T1",
  status: "resolved",
  subject: "Printer",
  url: "https://desk.example/T1",
  workspaceName: "Acme",
  customer: { name: "Ada", email: "ada@example.com", locale: "en" },
  assignee: { id: "bob", name: "Bob" },
};

/** A source of a host without types, and what was logged about it. */
function aSource(parts: object) {
  const told: object[] = [];
  const logger = { ...silentLogger, warn: (fields: object) => void told.push(fields) };
  // Hosts without types answer anything.
  return { tickets: checkedTickets(parts as TicketSource, logger), told };
}
const reading = (ticket: unknown) => aSource({ getTicket: () => ticket }).tickets.getTicket(ref);
const nobody = { name: null, email: null, locale: null };

describe("a ticket that leaves out", () => {
  test.each<readonly [string, object, object]>([
    ["nothing", {}, {}],
    [
      "its customer's name",
      { customer: { email: "a@b.example", locale: "en" } },
      { customer: { name: null, email: "a@b.example", locale: "en" } },
    ],
    ["its customer's address", { customer: { name: "Ada" } }, { customer: { ...nobody, name: "Ada" } }],
    [
      "its customer's locale",
      { customer: { name: "Ada", email: null } },
      { customer: { ...nobody, name: "Ada" } },
    ],
    ["its URL", { url: undefined }, { url: null }],
    ["its assignee", { assignee: undefined }, { assignee: null }],
    ["its assignee's name", { assignee: { id: "bob" } }, { assignee: { id: "bob", name: "" } }],
    ["its subject", { subject: null }, { subject: "" }],
    ["its own id", { ticketId: undefined }, {}],
    ["its customer, by null", { customer: null }, { customer: nobody }],
  ])("%s means what it says", async (_name, change, expected) => {
    expect(await reading({ ...whole, ...change })).toEqual({ ...whole, ...expected });
  });
});

test("ids that are numbers are the same ids as text", async () => {
  const ticket = { ...whole, ticketId: 42, assignee: { id: 7, name: "Bob" } };
  const found = await aSource({ getTicket: () => ticket }).tickets.getTicket({ ...ref, ticketId: "42" });
  expect(found).toMatchObject({ ticketId: "42", assignee: { id: "7" } });
});

test.each([null, undefined])("a ticket that is %j is gone", async (ticket) => {
  expect(await reading(ticket)).toBe(null);
});

test.each<readonly [unknown, readonly string[]]>([
  [{ ...whole, workspaceName: undefined }, ["workspaceName"]],
  [{ ...whole, workspaceName: null }, ["workspaceName"]],
  [{ ...whole, status: "Resolved" }, ["status"]],
  [{ ...whole, customer: undefined }, ["customer"]],
  [
    { ...whole, customer: { name: 7, email: {}, locale: true } },
    ["customer.name", "customer.email", "customer.locale"],
  ],
  [{ ...whole, subject: 7, url: 8 }, ["subject", "url"]],
  [{ ...whole, assignee: "Bob" }, ["assignee"]],
  [{ ...whole, ticketId: "T2" }, ["ticketId"]],
  ["T1", [""]],
  [[whole], [""]],
])("a ticket out of shape is refused with its fields: %j", async (ticket, paths) => {
  const error: unknown = await reading(ticket).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_answer", issues: paths.map((path) => ({ path })) });
  for (const path of paths) expect(String(error)).toContain(path);
  // Fields are named, what stands in them is not.
  expect(String(error)).not.toMatch(/Ada|ada@|Printer/);
});

test("of a list, what is out of shape is left out and logged", async () => {
  const { tickets, told } = aSource({
    getTickets: () => [whole, null, { ...whole, ticketId: "T2", workspaceName: 1 }],
    getOperators: async () => [{ id: 7, name: "Bob" }, { id: "eve" }],
  });
  expect(await tickets.getTickets("acme", ["T1", "T2"])).toEqual([whole]);
  expect(await tickets.getOperators?.("acme", ["7", "eve"])).toEqual([{ id: "7", name: "Bob" }]);
  expect(told).toEqual([
    { workspaceId: "acme", place: 1, wrong: "must be a ticket" },
    { workspaceId: "acme", place: 2, wrong: "workspaceName must be text" },
    { workspaceId: "acme", place: 1, wrong: "name must be text" },
  ]);
});

test.each([undefined, null, {}, "T1"])("a list that is %j is refused", async (answer) => {
  const { tickets } = aSource({ getTickets: () => answer, getOperators: () => answer });
  await expect(tickets.getTickets("acme", ["T1"])).rejects.toMatchObject({ code: "invalid_answer" });
  await expect(tickets.getOperators?.("acme", ["bob"])).rejects.toMatchObject({ code: "invalid_answer" });
});

test("a source without getOperators names nobody, until it has one", async () => {
  const parts: Partial<TicketSource> = {};
  const { tickets } = aSource(parts);
  expect(await tickets.getOperators?.("acme", ["bob"])).toEqual([]);
  parts.getOperators = async () => [{ id: "bob", name: "Bob" }];
  expect(await tickets.getOperators?.("acme", ["bob"])).toEqual([{ id: "bob", name: "Bob" }]);
});

describe("a theme", () => {
  const themeOf = async (answer: () => unknown) => {
    const told: object[] = [];
    const logger = { ...silentLogger, warn: (fields: object) => void told.push(fields) };
    // Hosts without types answer anything.
    const theme = await checkedTheme(answer as () => never, logger)("acme");
    return { theme, told };
  };

  test("without a logo has none", async () => {
    expect(await themeOf(() => ({ accentColor: "#123456" }))).toEqual({
      theme: { accentColor: "#123456", logo: null },
      told: [],
    });
  });

  test.each<readonly [string, () => unknown, RegExp]>([
    [
      "of another colour",
      () => ({ accentColor: "red", logo: null }),
      /accentColor must be a colour as #rrggbb/,
    ],
    [
      "with a logo on the web",
      () => ({ accentColor: "#123456", logo: "https://x.example/a.png" }),
      /logo must be/,
    ],
    ["that is nothing", () => undefined, /must be \{ accentColor, logo \}/],
    [
      "that throws",
      () => {
        throw new TypeError("Cannot read properties of null");
      },
      /TypeError: Cannot read properties of null/,
    ],
  ])("%s gives the standard look, and the log says why", async (_name, answer, why) => {
    const { theme, told } = await themeOf(answer);
    expect(theme).toBe(null);
    expect(told).toEqual([{ workspaceId: "acme", cause: expect.stringMatching(why) }]);
  });
});
