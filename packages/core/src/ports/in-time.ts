import { withDeadline } from "../deadline.ts";
import { invalidAnswer } from "./answers.ts";

/** Longest that a host may take, in milliseconds, to say what costs looks or names alone: somebody waits for it. */
export const hostWithinMs = 2_000;

/** What the host answers, if that comes in time. @throws CsatError `invalid_answer` when it does not; what the host throws */
export function inTime<Answer>({
  who,
  ask,
  timeoutMs = hostWithinMs,
}: {
  /** For the message. */
  readonly who: string;
  readonly ask: () => Promise<Answer> | Answer;
  readonly timeoutMs?: number;
}): Promise<Answer> {
  return withDeadline<Answer>({
    timeoutMs,
    work: async () => ask(),
    otherwise: () => {
      throw invalidAnswer(who, [{ path: "", message: `must come within ${timeoutMs / 1_000} s` }]);
    },
  });
}
