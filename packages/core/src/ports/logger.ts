/** Ids and counts; never tokens, addresses or comments. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What pino and console both offer: fields first, then the sentence. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Says nothing: for those who want no word on the console. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Writes warnings and errors to the console, and nothing else; the default. */
export const consoleLogger: Logger = {
  debug() {},
  info() {},
  // oxlint-disable-next-line no-console -- the default of a library whose silence would be a bug
  warn: (fields, message) => console.warn(`csat: ${message}`, fields),
  // oxlint-disable-next-line no-console -- as above
  error: (fields, message) => console.error(`csat: ${message}`, fields),
};

/** The host's logger, or the console's, that never throws: a log that is broken must cost no survey and end no process. */
export function safeLogger(given: Logger = consoleLogger): Logger {
  const level = (name: keyof Logger) => (fields: LogFields, message: string) => {
    try {
      given[name](fields, message);
    } catch {
      // Nobody is left to be told.
    }
  };
  return { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
}
