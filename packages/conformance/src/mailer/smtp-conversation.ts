/** Where the client is: about to say a command, or in the middle of a mail's content. */
export interface Conversation {
  /** Takes what came over the wire, and calls back for every command, content and beginning of content in it. */
  feed(chunk: string): void;
}

/** Cuts the client's side of an SMTP conversation into its parts. */
export function conversation({
  onCommand,
  onContentBegun,
  onContent,
}: {
  /** Answers whether content follows. */
  readonly onCommand: (command: string) => boolean;
  readonly onContentBegun: () => void;
  readonly onContent: (content: string) => void;
}): Conversation {
  const lineEnd = "\r\n";
  const dot = "\r\n.\r\n";
  let unread = "";
  let mode: "command" | "before content" | "content" = "command";

  const take = (separator: string): string | null => {
    const at = unread.indexOf(separator);
    if (at < 0) return null;
    const part = unread.slice(0, at);
    unread = unread.slice(at + separator.length);
    return part;
  };

  const step = (): boolean => {
    if (mode === "command") {
      const command = take(lineEnd);
      if (command === null) return false;
      if (onCommand(command)) mode = "before content";
      return true;
    }
    if (mode === "before content") {
      if (unread === "") return false;
      mode = "content";
      // The dot that ends the content stands alone on a line, also when it is the only one.
      unread = lineEnd + unread;
      onContentBegun();
      return true;
    }
    const content = take(dot);
    if (content === null) return false;
    mode = "command";
    onContent(content.slice(lineEnd.length).replace(/^\.\./gm, "."));
    return true;
  };

  return {
    feed(chunk) {
      unread += chunk;
      while (step());
    },
  };
}
