import { withDeadline } from "../deadline.ts";
import { errorInWords } from "../error-kind.ts";
import type { Logger } from "../ports/logger.ts";

const hostWithinMs = 5_000;

/**
 * Calls a function of the host's that is told what happened, for five seconds at most. Never rejects: what it throws is
 * logged with `about`, and it is not called again.
 */
export async function tellHost({
  name,
  call,
  about,
  logger,
}: {
  /** As the option is called. */
  readonly name: string;
  readonly call: () => Promise<void> | void;
  readonly about: Readonly<Record<string, string>>;
  readonly logger: Logger;
}): Promise<void> {
  const failed = (cause: string) =>
    logger.warn({ ...about, cause }, `${name} failed; it is not called again`);
  await withDeadline({
    timeoutMs: hostWithinMs,
    work: async () => call(),
    otherwise: () => failed("no answer in five seconds"),
  }).catch((error: unknown) => failed(errorInWords(error)));
}
