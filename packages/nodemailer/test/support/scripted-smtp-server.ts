import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { conversation } from "./smtp-conversation.ts";

/** The moments of a conversation that a script can decide. `content` is the middle of the content, `end` its final dot. */
export type Moment =
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

/** What the server does then: answers with these lines, says nothing more, or breaks the connection. */
export type Reaction = string | typeof hang | typeof drop;

export const hang: unique symbol = Symbol("hang");
export const drop: unique symbol = Symbol("drop");

/** A mail server on a free port that follows a script. */
export interface ScriptedSmtpServer {
  readonly port: number;
  /** Every command line as it came, the content left out. */
  readonly commands: readonly string[];
  /** The contents that ended with a dot. */
  readonly contents: readonly string[];
  /** How many connections were opened. */
  connectionCount(): number;
  /** Resolves when the conversation gets, or has got, to that moment. */
  reached(moment: Moment): Promise<void>;
  /** Writes to every open connection as it is, without a line end. */
  say(text: string): void;
  /** Ends every open connection after what was said. */
  breakOff(): void;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const standard: Readonly<Record<Exclude<Moment, "content">, string>> = {
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

/** Starts a server; each moment may react differently from the first to the last time it comes. */
export async function scriptedSmtpServer(
  script: Partial<Record<Moment, Reaction | readonly Reaction[]>> = {},
): Promise<ScriptedSmtpServer> {
  const commands: string[] = [];
  const contents: string[] = [];
  const times = new Map<Moment, number>();
  const waiting = new Map<Moment, () => void>();
  const arrivals = new Map<Moment, Promise<void>>();
  const sockets = new Set<Socket>();
  const emptied: (() => void)[] = [];
  let opened = 0;

  const reached = (moment: Moment): Promise<void> => {
    const known = arrivals.get(moment) ?? new Promise<void>((resolve) => waiting.set(moment, resolve));
    arrivals.set(moment, known);
    return known;
  };

  const react = (socket: Socket, moment: Moment): Reaction | undefined => {
    const time = times.get(moment) ?? 0;
    times.set(moment, time + 1);
    const planned = script[moment] ?? (moment === "content" ? undefined : standard[moment]);
    const reaction = Array.isArray(planned) ? planned[Math.min(time, planned.length - 1)] : planned;
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
    const reader = conversation({
      onCommand: (command) => {
        commands.push(command);
        const moment = momentOf(command);
        const reaction = react(socket, moment);
        return moment === "DATA" && typeof reaction === "string" && reaction.startsWith("3");
      },
      onContentBegun: () => {
        if (react(socket, "content") === hang) socket.pause();
      },
      onContent: (content) => {
        contents.push(content);
        react(socket, "end");
      },
    });
    react(socket, "greeting");
    socket.on("data", (chunk) => reader.feed(chunk.toString("utf8")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");

  return {
    port: address.port,
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

const verbs: readonly Moment[] = ["STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"];

function momentOf(command: string): Moment {
  return verbs.find((verb) => command.toUpperCase().startsWith(verb)) ?? "EHLO";
}
