// How the world outside takes its time: how slow a server is, how often a worker is killed, how long an outage lasts.
// What the library does is awaited by what can be seen of it, never by time.
import { setTimeout as pause } from "node:timers/promises";

/** A server's answer, after as long as the server takes. */
export function slowly<Answer>(takesMs: number, answer: Answer): () => Promise<Answer> {
  return () => pause(takesMs, answer);
}

/** Resolves when an outage of that length is over. */
export async function outage(lastsMs: number): Promise<void> {
  await pause(lastsMs);
}

/** Does harm again and again until it is told to stop. */
export function every(pauseMs: number, harm: () => void): () => void {
  const timer = setInterval(harm, pauseMs);
  return () => clearInterval(timer);
}
