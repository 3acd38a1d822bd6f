/** Holds a mail server's answers back: the first so many mails are accepted, the others wait for `letPass`. */
export interface MailGate {
  /** The server's behaviour. */
  readonly onMail: () => Promise<"accept">;
  /** How many mails pass in all from now on; those that wait go first. */
  letPass(count: number): void;
}

/** A gate through which `passing` mails go at first. */
export function mailGate(passing: number): MailGate {
  let limit = passing;
  let passed = 0;
  const waiting: (() => void)[] = [];
  const advance = () => {
    for (; passed < limit && waiting.length > 0; passed++) waiting.shift()?.();
  };
  return {
    onMail: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve("accept"));
        advance();
      }),
    letPass: (count) => {
      limit = count;
      advance();
    },
  };
}
