import * as z from "zod";

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    // The value stays out of the message: such URLs hold passwords.
    error: `must be a URL like ${example}`,
  });

const count = (fallback: number, highest: number) =>
  z.coerce.number().int().min(0).max(highest).default(fallback);

// The helpdesk's own routes are beside the library's.
const taken = /^\/(api|healthz|readyz)?(\/|$)/;
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Whether customers may be sent there: over https, except on this machine, and to a path that is the library's alone. */
function isPublicUrl(value: string): boolean {
  const { protocol, hostname, pathname, search, hash } = new URL(value);
  const isSafe = protocol === "https:" || loopback.test(hostname);
  return isSafe && !taken.test(pathname) && search === "" && hash === "";
}

const variables = z.object({
  DATABASE_URL: url(["postgres:", "postgresql:"], "postgres://user:password@postgres:5432/helpdesk"),
  REDIS_URL: url(["redis:", "rediss:"], "redis://redis:6379"),
  SMTP_URL: url(["smtp:", "smtps:"], "smtp://mailpit:1025"),
  /** What the links in the mails start with. Its path is where the library is mounted. */
  PUBLIC_URL: url(["http:", "https:"], "https://help.example.com/csat").refine(isPublicUrl, {
    error: "must be https, except on localhost, and end with a path of its own, e.g. /csat",
    abort: true,
  }),
  MAIL_FROM: z.string().min(3).default("csat@help.example.com"),
  /** Operators and the ticket system show it as `Authorization: Bearer …`. Make one: `openssl rand -hex 32`. */
  API_KEY: z
    .string()
    .regex(/^[\w.~+/-]{32,}=*$/, "must have 32 characters or more, e.g. those of `openssl rand -hex 32`"),
  /** Proxies of yours in front of the web process, each of which adds to `X-Forwarded-For`. */
  TRUSTED_PROXIES: count(0, 10),
  PORT: count(3000, 65_535),
  /** Where a worker answers health checks. */
  HEALTH_PORT: count(3001, 65_535),
  CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(20),
  /** How often, in milliseconds, a worker looks for what a lost wake-up missed. */
  SWEEP_EVERY_MS: z.coerce.number().int().min(100).default(60_000),
  WEBHOOK_URL: url(["https:", "http:"], "https://example.com/hooks/csat").optional(),
  /** `whsec_…`; during a rotation the new and the old one, separated by a space. */
  WEBHOOK_SECRETS: z.string().optional(),
  /** Receivers inside your own network, separated by commas: names, addresses or networks such as `10.1.0.0/16`. */
  WEBHOOK_ALLOW_PRIVATE: z.string().default(""),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  /** Prints spans and metrics to the console once a minute; put your exporter in its place. */
  OTEL_CONSOLE: z.stringbool().default(false),
});

// An address without a secret would be left out in silence.
const environmentSchema = variables.refine(
  ({ WEBHOOK_URL, WEBHOOK_SECRETS }) => (WEBHOOK_URL === undefined) === (WEBHOOK_SECRETS === undefined),
  { path: ["WEBHOOK_SECRETS"], error: "must be given together with WEBHOOK_URL, or neither" },
);

/** What the environment says, checked. */
export type Config = z.output<typeof environmentSchema>;

/** Reads the environment. An empty variable counts as not given. @throws Error that names every bad variable, without its value */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new Error(`The environment is not complete:\n${lines.join("\n")}`);
}
