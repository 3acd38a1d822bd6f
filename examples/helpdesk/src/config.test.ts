import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("without variables: port 3000, PGlite in .data of the example, the built-in inbox", () => {
  const path = join(import.meta.dirname, "..", ".data");
  const defaults = {
    port: 3000,
    database: { kind: "folder", path },
    smtpUrl: null,
    redisUrl: null,
    works: true,
  };
  expect(readConfig({})).toEqual(defaults);
  expect(
    readConfig({ PORT: "", DATA_DIR: "", DATABASE_URL: "", SMTP_URL: "", REDIS_URL: "", WORKER: "" }),
  ).toEqual(defaults);
});

test("memory:// keeps nothing", () => {
  expect(readConfig({ DATA_DIR: "memory://" }).database).toEqual({ kind: "memory" });
});

test("a relative folder is meant from where the command was typed", () => {
  const database = { kind: "folder", path: "/home/maya/demo" };
  expect(readConfig({ DATA_DIR: "demo", INIT_CWD: "/home/maya" }).database).toEqual(database);
  expect(readConfig({ DATA_DIR: "/home/maya/demo", INIT_CWD: "/elsewhere" }).database).toEqual(database);
});

test("a Postgres server wins over a folder", () => {
  const url = "postgresql://demo@db.example/helpdesk";
  expect(readConfig({ DATABASE_URL: url, DATA_DIR: "memory://" }).database).toEqual({ kind: "server", url });
});

test("a MySQL or MariaDB server does as well", () => {
  const url = "mysql://demo@db.example/helpdesk";
  expect(readConfig({ DATABASE_URL: url }).database).toEqual({ kind: "server", url });
});

test("a Postgres server may be reached through a socket", () => {
  const url = "postgres:///helpdesk?host=/var/run/postgresql";
  expect(readConfig({ DATABASE_URL: url }).database).toEqual({ kind: "server", url });
});

test("SMTP_URL names the mail server", () => {
  expect(readConfig({ SMTP_URL: "smtps://mail.example:465" }).smtpUrl).toBe("smtps://mail.example:465");
});

test("REDIS_URL names the queue's server", () => {
  expect(readConfig({ REDIS_URL: "rediss://redis.example:6380/2" }).redisUrl).toBe(
    "rediss://redis.example:6380/2",
  );
});

test("WORKER=off answers requests alone, and nothing but on and off is taken", () => {
  expect(readConfig({ WORKER: "off" }).works).toBe(false);
  expect(readConfig({ WORKER: "on" }).works).toBe(true);
  expect(() => readConfig({ WORKER: "no" })).toThrow('WORKER must be on or off (got "no").');
});

test.each(["http", "-1", "65536", "3000.5", "0x10", " 3000", "99999999"])(
  "the port %j is refused",
  (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(
      `PORT must be a whole number from 0 to 65535 (got "${PORT}").`,
    );
  },
);

test.each([
  ["DATABASE_URL", "sqlite://root:s3cret@db.example"],
  ["DATABASE_URL", "mysql://root:s3cret@db.example"],
  ["DATABASE_URL", "db.example s3cret"],
  ["SMTP_URL", "https://maya:s3cret@mail.example"],
  ["SMTP_URL", "s3cret"],
  ["REDIS_URL", "http://:s3cret@redis.example"],
  ["REDIS_URL", "redis://"],
  ["SMTP_URL", "smtp://"],
  ["SMTP_URL", "smtp:s3cret"],
  ["SMTP_URL", "smtp://maya:s3cret%@mail.example"],
])("a wrong %s is refused without repeating it: it may hold a password", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(
    new RegExp(`^${name} must be a URL like \\S+( or \\S+)?, with .+\\.$`),
  );
  expect(() => readConfig({ [name]: value })).not.toThrow(/s3cret/);
});
