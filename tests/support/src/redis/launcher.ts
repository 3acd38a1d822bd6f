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

/** A way to run Redis on this machine. `origin` says in words which. */
export interface RedisLauncher {
  readonly origin: string;
  /** Starts an empty server on 127.0.0.1 that writes nothing to disk. It may not be ready yet. */
  launch(port: number): LaunchedRedis;
}
