import type { CsatError } from "@csat/core";

/** What Redis means by an error that is no outage: a kind for logs and alerts, and what to do. */
export interface RedisTrouble {
  readonly kind: string;
  readonly message: string;
}

const sweepGoesOn = "Until then the sweep does the work of lost wake-ups.";

const isReplica =
  "Redis answers as a replica that takes no writes, as after a failover. Connections are made anew until they reach the primary.";

// The first word of an error, as Redis, Valkey and the clouds spell it.
const troubles: ReadonlyMap<string, RedisTrouble> = new Map([
  trouble(
    "OOM",
    "redis_out_of_memory",
    "Redis is full and takes no writes. Give it memory (maxmemory), or another Redis.",
  ),
  trouble("READONLY", "redis_read_only", isReplica),
  // To a command that waits while the server becomes a replica.
  trouble("UNBLOCKED", "redis_read_only", isReplica),
  trouble(
    "MISCONF",
    "redis_not_persisting",
    "Redis cannot write its snapshot and takes no writes. Look at its disk.",
  ),
  trouble(
    "NOREPLICAS",
    "redis_replicas_missing",
    "Redis misses replicas and takes no writes (min-replicas-to-write).",
  ),
  trouble("LOADING", "redis_loading", "Redis is reading its data from disk."),
  trouble(
    "CLUSTERDOWN",
    "redis_cluster_down",
    "The Redis Cluster misses a node for these keys and has no replica of it to promote.",
  ),
  trouble(
    "MOVED",
    "redis_is_a_cluster",
    "This Redis is a node of a cluster. Pass `connection: { cluster: [node, …] }`.",
  ),
  trouble("NOAUTH", "redis_access_denied", "Redis asks for a password."),
  trouble("WRONGPASS", "redis_access_denied", "Redis refuses this user and password."),
  trouble("NOPERM", "redis_access_denied", "Redis denies this user a command or a key that the queue needs."),
]);

// At the start; behind "-" in what a script quotes (Redis 6); behind ": " in what ioredis says of its last redirection.
const answerPattern = /(?:^|-|: )([A-Z]{3,12}) /g;

/** The trouble that an error tells of, also one that a client or a cluster wrapped; null for any other error. */
export function redisTrouble(error: unknown): RedisTrouble | null {
  for (const one of [error, field(error, "cause"), field(error, "lastNodeError")]) {
    for (const [, word = ""] of String(field(one, "message")).slice(0, 1_000).matchAll(answerPattern)) {
      const found = troubles.get(word);
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** True for the answer of a server that takes no writes because it is a replica now: another connection may help. */
export function isReadOnly(error: unknown): boolean {
  return redisTrouble(error)?.kind === "redis_read_only";
}

function trouble(word: string, kind: string, message: string): [string, RedisTrouble] {
  return [word, { kind, message: `${message} ${sweepGoesOn}` }];
}

function field(error: unknown, name: keyof CsatError | "lastNodeError"): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
