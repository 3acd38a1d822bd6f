/** A message in somebody's chat, with the words on its buttons. */
export interface Message {
  readonly address: string;
  readonly text: string;
  readonly buttons: readonly string[];
}

/** A chat service in the process. A real one is reached over HTTP, and tells of customers' words by webhook. */
export function fakeChat() {
  const messages: Message[] = [];
  let status = 200;
  let listener: (address: string, words: string) => Promise<void> = async () => {};
  return {
    messages,
    /** Answers as HTTP would: 200, or once what `failOnce` said. Status 0 is a service that nobody reaches. */
    post: async (message: Message): Promise<number> => {
      const answered = status;
      status = 200;
      if (answered === 200) messages.push(message);
      return answered;
    },
    failOnce: (failure: number) => {
      status = failure;
    },
    onWords: (told: typeof listener) => {
      listener = told;
    },
    /** A customer presses a button or types. */
    say: (address: string, words: string) => listener(address, words),
  };
}
