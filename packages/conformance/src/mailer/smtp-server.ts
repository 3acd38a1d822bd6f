import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { conversation } from "./smtp-conversation.ts";

/** The moments of a conversation that a script can decide. `content` is the middle of the content, `end` its final dot. */
export type SmtpMoment =
  | "greeting"
  | "EHLO"
  | "STARTTLS"
  | "AUTH"
  | "MAIL"
  | "RCPT"
  | "DATA"
  | "content"
  | "end"
  | "RSET"
  | "QUIT";

/** What the server does then: answers with these lines, says nothing more (`hang`), or breaks the connection (`drop`). */
export type SmtpReaction = string | typeof hang | typeof drop;

/** The server says nothing, and reads nothing of a content. */
export const hang: unique symbol = Symbol("hang");

/** The server breaks the connection. */
export const drop: unique symbol = Symbol("drop");

/** What it does at a moment: always this, or these in turn and then the last one, or what depends on whom the mail is for. */
export type SmtpScript =
  | SmtpReaction
  | readonly SmtpReaction[]
  /** `recipient` is the address of the latest RCPT TO, "" before. Undefined: as usual. */
  | ((recipient: string) => SmtpReaction | undefined);

/** A mail server on a free port that follows a script. */
export interface SmtpServer {
  readonly port: number;
  /** `smtp://127.0.0.1:` and its port. */
  readonly url: string;
  /** Every command line as it came, the content left out. */
  readonly commands: readonly string[];
  /** The contents that ended with a dot. */
  readonly contents: readonly string[];
  /** Reacts so the next time it gets there, before anything that the script says. */
  once(moment: SmtpMoment, reaction: SmtpReaction): void;
  /** How many connections were opened. */
  connectionCount(): number;
  /** Resolves when the conversation gets, or has got, to that moment. */
  reached(moment: SmtpMoment): Promise<void>;
  /** Writes to every open connection as it is, without a line end. */
  say(text: string): void;
  /** Ends every open connection after what was said. */
  breakOff(): void;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const standard: Readonly<Record<Exclude<SmtpMoment, "content">, string>> = {
  greeting: "220 mail.example ESMTP",
  EHLO: "250 mail.example",
  STARTTLS: "502 5.5.1 not here",
  AUTH: "235 2.7.0 welcome",
  MAIL: "250 2.1.0 ok",
  RCPT: "250 2.1.5 ok",
  DATA: "354 go on",
  end: "250 2.0.0 queued",
  RSET: "250 2.0.0 flushed",
  QUIT: "221 2.0.0 bye",
};

/**
 * Starts a mail server on a free port of 127.0.0.1 that takes every mail, unless the script says otherwise: each moment
 * may react differently from the first to the last time it comes. It offers no login and no encryption by itself.
 */
export async function startSmtpServer(
  script: Partial<Record<SmtpMoment, SmtpScript>> = {},
): Promise<SmtpServer> {
  const commands: string[] = [];
  const contents: string[] = [];
  const planned = new Map<SmtpMoment, SmtpReaction>();
  const times = new Map<SmtpMoment, number>();
  const waiting = new Map<SmtpMoment, () => void>();
  const arrivals = new Map<SmtpMoment, Promise<void>>();
  const sockets = new Set<Socket>();
  const emptied: (() => void)[] = [];
  let opened = 0;

  const reached = (moment: SmtpMoment): Promise<void> => {
    const known = arrivals.get(moment) ?? new Promise<void>((resolve) => waiting.set(moment, resolve));
    arrivals.set(moment, known);
    return known;
  };

  const scripted = (moment: SmtpMoment, recipient: string): SmtpReaction | undefined => {
    const time = times.get(moment) ?? 0;
    times.set(moment, time + 1);
    const usual = script[moment];
    // A list of reactions is the only array among them.
    if (Array.isArray(usual)) return (usual as readonly SmtpReaction[])[Math.min(time, usual.length - 1)];
    // What is neither a list nor a function is one reaction.
    return typeof usual === "function" ? usual(recipient) : (usual as SmtpReaction | undefined);
  };

  const react = (socket: Socket, moment: SmtpMoment, recipient: string): SmtpReaction | undefined => {
    const usual = moment === "content" ? undefined : standard[moment];
    const reaction = planned.get(moment) ?? scripted(moment, recipient) ?? usual;
    planned.delete(moment);
    if (reaction === drop) socket.destroy();
    else if (typeof reaction === "string") socket.write(`${reaction}\r\n`);
    void reached(moment);
    waiting.get(moment)?.();
    return reaction;
  };

  const server = createServer((socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const tell of emptied.splice(0)) tell();
    });
    let recipient = "";
    const reader = conversation({
      onCommand: (command) => {
        commands.push(command);
        const moment = momentOf(command);
        recipient = /^RCPT TO:<([^>]*)>/i.exec(command)?.[1] ?? recipient;
        const reaction = react(socket, moment, recipient);
        return moment === "DATA" && typeof reaction === "string" && reaction.startsWith("3");
      },
      onContentBegun: () => {
        if (react(socket, "content", recipient) === hang) socket.pause();
      },
      onContent: (content) => {
        contents.push(content);
        react(socket, "end", recipient);
      },
    });
    react(socket, "greeting", recipient);
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => reader.feed(chunk.toString()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");

  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    once: (moment, reaction) => void planned.set(moment, reaction),
    commands,
    contents,
    connectionCount: () => opened,
    reached,
    say: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    breakOff: () => {
      for (const socket of sockets) socket.end();
    },
    idle: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => emptied.push(resolve))),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const verbs: readonly SmtpMoment[] = ["STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"];

function momentOf(command: string): SmtpMoment {
  return verbs.find((verb) => command.toUpperCase().startsWith(verb)) ?? "EHLO";
}
