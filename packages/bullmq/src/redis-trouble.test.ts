import { CsatError } from "@csat/core";
import { expect, test } from "vitest";
import { isReadOnly, redisTrouble } from "./redis-trouble.ts";

const replica = "READONLY You can't write against a read only replica.";

test.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", "redis_out_of_memory"],
  // What Redis 6 says of a script, and ioredis of a redirection.
  [
    "ERR Error running script (call to f_4f): @user_script:9: -OOM command not allowed when used memory > 'maxmemory'.",
    "redis_out_of_memory",
  ],
  [replica, "redis_read_only"],
  [`Too many Cluster redirections. Last error: ReplyError: ${replica}`, "redis_read_only"],
  ["UNBLOCKED force unblock from blocking operation, instance state changed", "redis_read_only"],
  ["MISCONF Redis is configured to save RDB snapshots, but …", "redis_not_persisting"],
  ["NOREPLICAS Not enough good replicas to write.", "redis_replicas_missing"],
  ["LOADING Redis is loading the dataset in memory", "redis_loading"],
  ["CLUSTERDOWN Hash slot not served", "redis_cluster_down"],
  ["MOVED 3999 127.0.0.1:6381", "redis_is_a_cluster"],
  ["NOAUTH Authentication required.", "redis_access_denied"],
  ["WRONGPASS invalid username-password pair or user is disabled.", "redis_access_denied"],
  ["NOPERM this user has no permissions to run the 'set' command", "redis_access_denied"],
])("the first word of what Redis answers tells the kind: %s", (message, kind) => {
  expect(redisTrouble(new Error(message))?.kind).toBe(kind);
  const wrapped = new CsatError("scheduler_unavailable", "Redis …", { cause: new Error(message) });
  expect(redisTrouble(wrapped)?.kind).toBe(kind);
  expect(redisTrouble({ message: "Failed to refresh slots cache.", lastNodeError: { message } })?.kind).toBe(
    kind,
  );
});

test.each([
  new Error("connect ECONNREFUSED 127.0.0.1:6379"),
  new Error("a READONLYish OOMph"),
  new Error("the queue OOM is empty"),
  new Error(""),
  "OOM command not allowed",
  null,
  undefined,
])("anything else has no kind: %s", (error) => {
  expect(redisTrouble(error)).toBeNull();
  expect(isReadOnly(error)).toBe(false);
});
