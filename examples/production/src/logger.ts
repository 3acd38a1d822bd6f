import { type Logger, pino } from "pino";

/** One JSON object a line, on standard output. Fields that may hold personal data or secrets are cut, wherever they stand. */
export function createLogger(given: {
  readonly level: string;
  readonly process: "web" | "worker" | "migrate";
}): Logger {
  return pino({
    level: given.level,
    base: { process: given.process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["token", "email", "comment", "authorization", "cookie", "*.token", "*.email", "*.comment"],
  });
}
