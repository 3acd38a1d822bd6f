import { type Clock, isCsatError } from "@csat/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { errorPage } from "./pages/error-page.ts";
import { callerOf } from "./users.ts";

type AnswerStatus = 400 | 401 | 403 | 404 | 409 | 413 | 500;

interface Answer {
  readonly status: AnswerStatus;
  readonly code: string;
  readonly message: string;
}

const titles: Readonly<Record<AnswerStatus, string>> = {
  400: "That did not work",
  401: "Who are you?",
  403: "Not for you",
  404: "Not found",
  409: "Not now",
  413: "Too much at once",
  500: "Something broke",
};

/** Answers what a route threw: JSON below `/api`, else a page. Never more than a sentence. */
export function answerError(error: Error, context: Context, clock: Clock): Response | Promise<Response> {
  return answer(read(error), context, clock);
}

/** Answers for paths that lead nowhere. */
export function answerNotFound(context: Context, clock: Clock): Response | Promise<Response> {
  return answer(
    { status: 404, code: "not_found", message: "There is nothing at this address." },
    context,
    clock,
  );
}

function read(error: Error): Answer {
  if (error instanceof HTTPException && isAnswerStatus(error.status)) {
    const { cause } = error;
    const code = cause instanceof Object && "code" in cause ? String(cause.code) : "refused";
    return { status: error.status, code, message: error.message };
  }
  if (isCsatError(error, "invalid_input")) return { status: 400, code: error.code, message: error.message };
  // Ids and driver messages are for the person at the terminal, never for the client.
  console.error(`A request failed: ${error.message.split("\n", 1)[0]}`);
  return { status: 500, code: "internal_error", message: "The helpdesk failed: its terminal says why." };
}

function isAnswerStatus(status: number): status is AnswerStatus {
  return status in titles;
}

function answer(
  { status, code, message }: Answer,
  context: Context,
  clock: Clock,
): Response | Promise<Response> {
  if (/^\/api(\/|$)/.test(context.req.path)) return context.json({ error: { code, message } }, status);
  const user = status === 401 ? null : callerOf(context.req.raw.headers);
  const path = context.req.method === "GET" && status !== 401 ? context.req.path : "/";
  return context.html(errorPage({ title: titles[status], user, now: clock.now(), path }, message), status);
}
