import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const complete = {
  DATABASE_URL: "postgres://localhost/helpdesk",
  REDIS_URL: "redis://localhost",
  SMTP_URL: "smtp://localhost",
  PUBLIC_URL: "https://help.example.com/csat",
  API_KEY: "0123456789abcdef0123456789abcdef",
};

test("an environment with the addresses and a key is enough; an empty variable counts as none", () => {
  expect(readConfig({ ...complete, PORT: "" })).toMatchObject({ PORT: 3000, SWEEP_EVERY_MS: 60_000 });
});

test("every bad variable is named at once, and no value is repeated", () => {
  const read = () =>
    readConfig({ ...complete, DATABASE_URL: "mysql://root:hunter2@localhost", API_KEY: "short", PORT: "x" });
  expect(read).toThrow(/DATABASE_URL.*API_KEY.*PORT/s);
  expect(read).not.toThrow(/hunter2|short/);
});

test.each([
  ["no path", "https://help.example.com"],
  ["no path but a slash", "https://help.example.com/"],
  ["the path of the helpdesk's own routes", "https://help.example.com/api"],
  ["a path below them", "https://help.example.com/api/csat"],
  ["the path of the health check", "https://help.example.com/healthz"],
  ["http for customers", "http://help.example.com/csat"],
  ["a query", "https://help.example.com/csat?from=mail"],
])("PUBLIC_URL with %s is refused", (_what, PUBLIC_URL) => {
  expect(() => readConfig({ ...complete, PUBLIC_URL })).toThrow(/PUBLIC_URL: must be https/);
});

test.each([
  "https://help.example.com/apis",
  "https://help.example.com/help/csat/",
  "http://localhost:3000/csat",
])("PUBLIC_URL %s is taken", (PUBLIC_URL) => {
  expect(readConfig({ ...complete, PUBLIC_URL })).toMatchObject({ PUBLIC_URL });
});

test.each([undefined, "", "change-me-in-production", "a key with spaces in it, which no header holds"])(
  "there is no API key but one of your own: %j is refused",
  (API_KEY) => {
    expect(() => readConfig({ ...complete, API_KEY })).toThrow(/API_KEY/);
  },
);

test("a receiver without a secret, or a secret without a receiver, is not left out in silence", () => {
  const receiver = { WEBHOOK_URL: "https://crm.example.com/csat" };
  expect(() => readConfig({ ...complete, ...receiver })).toThrow(/WEBHOOK_SECRETS/);
  expect(() => readConfig({ ...complete, WEBHOOK_SECRETS: "whsec_x" })).toThrow(/WEBHOOK_SECRETS/);
});

test("no file of the example holds a secret that would work", () => {
  const compose = readFileSync(new URL("../compose.yaml", import.meta.url), "utf8");
  const secrets = [...compose.matchAll(/(?:KEY|PASSWORD): *(\S+)/g)].map(([, value]) => value);
  expect(secrets.length).toBeGreaterThan(1);
  for (const value of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
});
