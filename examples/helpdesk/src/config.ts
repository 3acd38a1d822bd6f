import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CsatError } from "@csat/core";

/** Where rows are kept: a folder or the memory of this process (both PGlite), or a server of Postgres, MySQL or MariaDB. */
export type DatabaseConfig =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "memory" }
  | { readonly kind: "server"; readonly url: string };

/** What the environment chose. */
export interface HelpdeskConfig {
  /** 0 picks a free one. */
  readonly port: number;
  readonly database: DatabaseConfig;
  /** Null: mails go to the inbox inside this process. */
  readonly smtpUrl: string | null;
  /** Null: timers of this process wake it up, and no queue. */
  readonly redisUrl: string | null;
  /** False: this process answers requests alone, and another on the same database sends. */
  readonly works: boolean;
}

/** Variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables of the README; one that is empty counts as not given. @throws CsatError `invalid_config` */
export function readConfig(environment: Environment): HelpdeskConfig {
  return {
    port: readPort(environment.PORT || "3000"),
    database: readDatabase(environment),
    smtpUrl: environment.SMTP_URL
      ? readUrl({ name: "SMTP_URL", value: environment.SMTP_URL, protocols: ["smtp:", "smtps:"] })
      : null,
    redisUrl: environment.REDIS_URL
      ? readUrl({ name: "REDIS_URL", value: environment.REDIS_URL, protocols: ["redis:", "rediss:"] })
      : null,
    works: readWorker(environment.WORKER || "on"),
  };
}

function readWorker(value: string): boolean {
  if (value === "on" || value === "off") return value === "on";
  throw new CsatError("invalid_config", `WORKER must be on or off (got "${value}").`);
}

function readPort(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new CsatError("invalid_config", `PORT must be a whole number from 0 to 65535 (got "${value}").`);
}

function readDatabase(environment: Environment): DatabaseConfig {
  if (environment.DATABASE_URL) {
    const protocols = ["postgres:", "postgresql:", "mysql:"];
    const url = readUrl({ name: "DATABASE_URL", value: environment.DATABASE_URL, protocols });
    return { kind: "server", url };
  }
  const folder = environment.DATA_DIR || fileURLToPath(new URL("../.data", import.meta.url));
  if (folder === "memory://") return { kind: "memory" };
  // pnpm changes into the example's folder; people mean the one they typed the command in.
  return { kind: "folder", path: resolve(environment.INIT_CWD || ".", folder) };
}

const examples = {
  DATABASE_URL: "postgres://localhost:5432/helpdesk or mysql://localhost:3306/helpdesk",
  SMTP_URL: "smtp://localhost:1025",
  REDIS_URL: "redis://localhost:6379",
};

function readUrl(given: {
  readonly name: keyof typeof examples;
  readonly value: string;
  readonly protocols: readonly string[];
}): string {
  const url = URL.canParse(given.value) ? new URL(given.value) : null;
  if (url !== null && given.protocols.includes(url.protocol) && isWhole(url) && isDecodable(url))
    return given.value;
  // The value itself stays out of the message: such URLs hold passwords.
  const message = `${given.name} must be a URL like ${examples[given.name]}, with special characters of user and password percent-encoded.`;
  throw new CsatError("invalid_config", message);
}

function isWhole({ protocol, hostname, pathname }: URL): boolean {
  // A Postgres URL may leave the host to its query: a socket has none. It means the database of the user's name by none.
  if (protocol.startsWith("postgres")) return true;
  return hostname !== "" && (protocol !== "mysql:" || pathname.length > 1);
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
