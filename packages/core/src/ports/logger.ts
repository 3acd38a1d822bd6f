/** Ids and counts; never tokens, addresses or comments. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What pino and console both offer: fields first, then the sentence. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Says nothing; the default. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
