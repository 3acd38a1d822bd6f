import { fieldOf } from "@csat/core";
import { request } from "undici";
import type { Kept } from "./connections.ts";
import type { SignedMessage } from "./signed-message.ts";

/** What the receiver answered; its body is thrown away. */
export interface Answer {
  readonly statusCode: number;
  readonly retryAfter: string | readonly string[] | undefined;
}

/** What to post, and how. */
export interface Post {
  readonly url: URL;
  readonly kept: Kept;
  readonly message: SignedMessage;
  readonly signal: AbortSignal;
  readonly maxResponseBytes: number;
}

/**
 * Posts a message without following redirects. Answers as soon as the answer's end, `maxResponseBytes` of it, or the end
 * of `signal` came: the status stands in its first line, so the rest changes nothing. Rejects when there was no status,
 * with the error of the network. A connection that the receiver had closed already is no attempt: a new one is opened.
 */
export async function postOnce(post: Post): Promise<Answer> {
  const before = post.kept.opened();
  try {
    return await ask(post);
  } catch (error) {
    const wasKept = post.kept.opened() === before;
    if (post.signal.aborted || !wasKept || !isClosed(error)) throw error;
    return ask(post);
  }
}

async function ask({ url, kept, message, signal, maxResponseBytes }: Post): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, {
    method: "POST",
    headers: { ...message.headers },
    body: message.body,
    dispatcher: kept.agent,
    signal,
  });
  // Lets a short answer end politely; cuts a long one off, and a broken or slow one. The status is known: failing now would
  // only make the receiver get the event twice.
  await body.dump({ limit: maxResponseBytes }).catch(() => {});
  return { statusCode, retryAfter: headers["retry-after"] };
}

const closedCodes: ReadonlySet<unknown> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function isClosed(error: unknown): boolean {
  return closedCodes.has(fieldOf(error, "code"));
}
