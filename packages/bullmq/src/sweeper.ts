/** Calls `sweep` now and every `everyMs`, by a timer of this process. */
export interface Sweeper {
  /** Begins no further sweep. */
  stop(): void;
  /** Resolves when none runs. */
  idle(): Promise<void>;
}

// Beyond this `setTimeout` fires at once.
const longestTimeoutMs = 2 ** 31 - 1;

/** Starts sweeping, whatever Redis does. Sweeps never overlap; one that fails is reported and followed by the next. */
export function sweeper(parts: {
  readonly sweep: () => Promise<void>;
  readonly everyMs: number;
  readonly onFailure: (error: unknown) => void;
}): Sweeper {
  const { sweep, everyMs, onFailure } = parts;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout>;

  function tick(): void {
    timer = setTimeout(tick, Math.min(everyMs, longestTimeoutMs));
    running ??= sweepOnce().then(() => {
      running = null;
    });
  }

  async function sweepOnce(): Promise<void> {
    // Not within the call that started it: the host's own work goes first.
    await Promise.resolve();
    try {
      await sweep();
    } catch (error) {
      onFailure(error);
    }
  }

  tick();
  return {
    stop: () => clearTimeout(timer),
    idle: async () => {
      await running;
    },
  };
}
