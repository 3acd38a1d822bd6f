import { errorInWords, type LogFields, type Logger } from "@csat/core";
import { redisTrouble } from "./redis-trouble.ts";

/**
 * Notes an error at most once a minute, with the number of those kept back: by its kind where Redis gave a reason, by
 * `message` otherwise. Answers with the line that tells of it, the same for all that were kept back since.
 */
export type QuietLog = (failure: {
  readonly error: unknown;
  readonly message: string;
  readonly fields?: LogFields;
}) => object;

const everyMs = 60_000;

/** For errors that come again and again, as long as an outage lasts. */
export function quietLog(logger: Logger): QuietLog {
  const notes = new Map<string, { loggedAt: number; keptBack: number }>();
  return ({ error, message: said, fields = {} }) => {
    const trouble = redisTrouble(error);
    const message = trouble?.message ?? said;
    // Calls, the worker and the probe all meet it: it is one outage.
    const subject = trouble?.kind ?? said;
    const note = notes.get(subject);
    const now = Date.now();
    if (note !== undefined && now - note.loggedAt < everyMs) {
      note.keptBack++;
      return note;
    }
    const line = { loggedAt: now, keptBack: 0 };
    notes.set(subject, line);
    const kind = trouble === null ? {} : { kind: trouble.kind };
    const keptBack = note?.keptBack ? { keptBack: note.keptBack } : {};
    logger.warn({ ...fields, ...kind, error: errorInWords(error), ...keptBack }, message);
    return line;
  };
}
