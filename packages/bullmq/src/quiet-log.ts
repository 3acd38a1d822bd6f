import { errorInWords, type LogFields, type Logger } from "@csat/core";

/** Notes an error under `message`; every message at most once a minute, with the number of those kept back. */
export type QuietLog = (failure: {
  readonly error: unknown;
  readonly message: string;
  readonly fields?: LogFields;
}) => void;

const everyMs = 60_000;

/** For errors that come again and again, as long as an outage lasts. */
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
    logger.warn({ ...fields, error: errorInWords(error), ...keptBack }, message);
  };
}
