import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, request } from "undici";
import type { SignedMessage } from "./signed-message.ts";

/** What the receiver answered; its body is thrown away. */
export interface Answer {
  readonly statusCode: number;
  readonly retryAfter: string | readonly string[] | undefined;
}

/**
 * Posts a message over a connection of its own to one of `addresses`, without following redirects. Answers as soon as
 * the answer's end, `maxResponseBytes` of it, or the end of `signal` came: the status stands in its first line, so the
 * rest changes nothing. Rejects when there was no status, with the error of the network.
 */
export async function postOnce({
  url,
  addresses,
  message,
  signal,
  timeoutMs,
  maxResponseBytes,
  certificateAuthorities,
}: {
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly message: SignedMessage;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly certificateAuthorities: readonly string[];
}): Promise<Answer> {
  const checked = addresses.map((address) => ({ address, family: isIP(address) }));
  const agent = new Agent({
    connect: {
      timeout: timeoutMs,
      // Pinned: the name is not resolved again between the check and the connection.
      lookup: (_hostname, options, callback) => {
        if (options.all) return callback(null, checked);
        const [first] = checked;
        return callback(null, first?.address ?? "", first?.family ?? 0);
      },
      ...(certificateAuthorities.length === 0
        ? {}
        : { ca: [...rootCertificates, ...certificateAuthorities] }),
    },
    connections: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  try {
    const { statusCode, headers, body } = await request(url, {
      method: "POST",
      headers: { ...message.headers, connection: "close" },
      body: message.body,
      dispatcher: agent,
      signal,
    });
    await skim(body, maxResponseBytes);
    return { statusCode, retryAfter: headers["retry-after"] };
  } finally {
    await agent.destroy();
  }
}

/** Lets a short answer end politely; cuts a long one off, and a broken or slow one. */
async function skim(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
  let left = maxBytes;
  try {
    for await (const chunk of body) {
      left -= chunk.byteLength;
      if (left <= 0) return;
    }
  } catch {
    // The status is known. Failing now would only make the receiver get the event twice.
  }
}
