/** A server that runs. */
export interface LaunchedRedis {
  /** Resolves with a reason when it has ended. */
  readonly ended: Promise<string>;
  /** Ends it at once, without a word to its clients. */
  kill(): void;
  /** Freezes it: connections stay open, nothing is answered. */
  pause(): void;
  resume(): void;
}

/** What is launched. */
export interface RedisLaunch {
  readonly port: number;
  /** More words of its configuration, as `{ "cluster-enabled": "yes" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A Sentinel, which watches servers, instead of a server. */
  readonly isSentinel?: boolean;
}

/** A way to run Redis on this machine. `origin` says in words which. */
export interface RedisLauncher {
  readonly origin: string;
  /** Starts an empty server on 127.0.0.1 that writes nothing to disk. It may not be ready yet. */
  launch(launch: RedisLaunch): LaunchedRedis;
}
