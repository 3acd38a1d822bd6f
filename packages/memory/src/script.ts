/** What a fake answers: a fixed answer, or one worked out from what it was asked. */
export type Answering<Question, Answer> = Answer | ((question: Question) => Answer | Promise<Answer>);

/** A list of answers to give once each, and one to give from then on. */
export interface Script<Question, Answer> {
  /** What to answer from now on, once the single ones are used up. */
  readonly always: (answering: Answering<Question, Answer>) => void;
  /** Answers to give next, once each, in this order, after those already waiting. */
  readonly next: (...answerings: readonly Answering<Question, Answer>[]) => void;
  readonly answer: (question: Question) => Promise<Answer>;
}

/** A script that begins with `standing`. Answers are objects, never functions. */
export function script<Question, Answer extends object>(
  standing: Answering<Question, Answer>,
): Script<Question, Answer> {
  const single: Answering<Question, Answer>[] = [];
  let fallback = standing;
  return {
    always: (answering) => {
      fallback = answering;
    },
    next: (...answerings) => void single.push(...answerings),
    async answer(question) {
      const answering = single.shift() ?? fallback;
      return typeof answering === "function" ? answering(question) : answering;
    },
  };
}
