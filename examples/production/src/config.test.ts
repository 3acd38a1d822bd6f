import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const complete = {
  DATABASE_URL: "postgres://localhost/helpdesk",
  REDIS_URL: "redis://localhost",
  SMTP_URL: "smtp://localhost",
  PUBLIC_URL: "https://help.example.com/csat",
  API_KEY: "sixteen-characters",
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
