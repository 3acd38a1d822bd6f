import { CsatError, type CsatIssue } from "@csat/core";
import { isClient, isClusterConnection } from "./redis-connection.ts";

const longestTimeoutMs = 60_000;

/** Checks the options at start-up. @throws CsatError `invalid_config`, with an issue per bad option */
export function checkOptions(options: unknown): void {
  const given = (name: string): unknown => Reflect.get(Object(options), name);
  const issues = [
    ...connectionIssues(given("connection")),
    ...nameIssues("prefix", given("prefix")),
    ...nameIssues("queueName", given("queueName")),
    ...timeoutIssues(given("timeoutMs")),
    ...methodIssues({ path: "clock", value: given("clock"), methods: ["now"] }),
    ...methodIssues({ path: "logger", value: given("logger"), methods: ["debug", "info", "warn", "error"] }),
  ];
  if (issues.length === 0) return;
  const said = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new CsatError("invalid_config", `bullmqScheduler was given wrong options: ${said}.`, { issues });
}

/** The value itself stays out of the message: it may hold a password. */
function connectionIssues(connection: unknown): readonly CsatIssue[] {
  const path = "connection";
  if (typeof connection === "string" ? !isRedisUrl(connection) : !isObject(connection)) {
    const message =
      "must be a URL such as redis://user:password@localhost:6379, options of ioredis, { cluster: [node] }, or a client";
    return [{ path, message }];
  }
  if (isClusterConnection(connection)) {
    const nodes: unknown = connection.cluster;
    if (!Array.isArray(nodes) || nodes.length === 0)
      return [{ path, message: "must name at least one node of its cluster" }];
  }
  const options = isClient(connection) ? connection.options : connection;
  // BullMQ's scripts name their keys themselves, so that ioredis cannot prefix them.
  const nested = isObject(options) ? Reflect.get(options, "redisOptions") : undefined;
  const hasKeyPrefix = [options, nested].some(
    (one) => isObject(one) && Boolean(Reflect.get(one, "keyPrefix")),
  );
  return hasKeyPrefix
    ? [{ path, message: "must be without a keyPrefix of ioredis: use the option prefix" }]
    : [];
}

function isRedisUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "redis:" || protocol === "rediss:") && hostname !== "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameIssues(path: "prefix" | "queueName", value: unknown): readonly CsatIssue[] {
  if (value === undefined) return [];
  const isName = typeof value === "string" && value !== "" && !(path === "queueName" && value.includes(":"));
  return isName
    ? []
    : [{ path, message: `must be a text that is not empty${path === "queueName" ? ", without :" : ""}` }];
}

function timeoutIssues(value: unknown): readonly CsatIssue[] {
  if (value === undefined) return [];
  const isTimeout = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestTimeoutMs;
  return isTimeout
    ? []
    : [{ path: "timeoutMs", message: `must be a whole number from 1 to ${longestTimeoutMs}` }];
}

function methodIssues(given: {
  readonly path: string;
  readonly value: unknown;
  readonly methods: readonly string[];
}): readonly CsatIssue[] {
  const { path, value, methods } = given;
  if (value === undefined) return [];
  const missing = methods.filter((method) => typeof Reflect.get(Object(value), method) !== "function");
  return missing.length === 0 ? [] : [{ path, message: `must have the functions ${missing.join(", ")}` }];
}
