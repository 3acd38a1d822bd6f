import type { LogFields } from "@csat/core";

/** One of a Redis Cluster. */
export interface ClusterNode {
  readonly host: string;
  readonly port: number;
}

/** How a worker process is wired. */
export interface WorkerSettings {
  /** What the database and the mail server hear who it is; lower case. */
  readonly name: string;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  /** Null wakes nobody: the sweep alone finds the work. */
  readonly redis: string | { readonly cluster: readonly ClusterNode[] } | null;
  /** Keeps the queues of runs that share a server apart. */
  readonly queuePrefix: string;
  /** Where every event goes; null raises no events. */
  readonly receiver: Receiver | null;
  readonly leaseForMs: number;
  readonly sweepEveryMs: number;
  readonly concurrency: number;
  /** How far its clock is ahead of the machine's. */
  readonly aheadMs: number;
}

/** Where every event goes, signed with `secret`. */
export interface Receiver {
  readonly urls: readonly string[];
  readonly secret: string;
  /** How long a delivery waits for its answer. Without it, longer than any test takes. */
  readonly timeoutMs?: number;
  /** What names resolve to; names that are missing ask the system's resolver. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** Whether 127.0.0.1, where the tests' receivers listen, may be reached. */
  readonly allowPrivateAddresses: boolean;
}

/** What a worker process tells its parent. */
export type FromWorker =
  | { readonly kind: "ready" }
  | {
      readonly kind: "log";
      readonly level: "info" | "warn" | "error";
      readonly fields: LogFields;
      readonly message: string;
    };

/** What the parent tells a worker process. */
export type ToWorker =
  /** The first word: until then it has loaded its code and nothing else. */
  | { readonly kind: "work"; readonly settings: WorkerSettings }
  | { readonly kind: "stop" }
  /** Its clock goes forward; back is not possible. */
  | { readonly kind: "move_clock"; readonly byMs: number };
