import { isCsatError, type LogFields, type Logger } from "@csat/core";

/** Notes an error under `message`; every message at most once a minute, with the number of those kept back. */
export type QuietLog = (failure: {
  readonly error: unknown;
  readonly message: string;
  readonly fields?: LogFields;
}) => void;

const everyMs = 60_000;

/** For errors that come again and again, as long as an outage lasts. A logger that throws does no harm. */
export function quietLog(logger: Logger): QuietLog {
  const notes = new Map<string, { loggedAt: number; keptBack: number }>();
  return ({ error, message, fields = {} }) => {
    const note = notes.get(message);
    const now = Date.now();
    if (note !== undefined && now - note.loggedAt < everyMs) {
      note.keptBack++;
      return;
    }
    notes.set(message, { loggedAt: now, keptBack: 0 });
    const keptBack = note?.keptBack ? { keptBack: note.keptBack } : {};
    say(() => logger.warn({ ...fields, error: kindOf(error), ...keptBack }, message));
  };
}

/** Calls a logger that may be broken. */
export function say(log: () => void): void {
  try {
    log();
  } catch {
    // A logger that is broken must not end the process.
  }
}

/** What may be logged of an error: messages may hold addresses and passwords. */
export function kindOf(error: unknown): string {
  if (isCsatError(error)) return error.code;
  if (!(error instanceof Error)) return typeof error === "symbol" ? (error.description ?? "") : typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
