import { CsatError, type OptOutPage, readLocale } from "@csat/core";
import { prefersJson } from "./accept.ts";
import type { PublicCall } from "./call.ts";
import { describeError } from "./error-body.ts";
import { errorResponse } from "./error-response.ts";
import { tryAgainPage, unknownLinkPage } from "./pages/notices.ts";
import { type OptOutState, optOutPage } from "./pages/opt-out.ts";
import { pageResponse } from "./pages/page-response.ts";
import { readFields } from "./read-fields.ts";
import { apiHeaders } from "./security-headers.ts";
import { lookOf } from "./survey-page.ts";

/** GET /o/:token — one button, or how it stands. Reads only, whatever the query, the headers or a body say. */
export async function showOptOut(call: PublicCall): Promise<Response> {
  try {
    const page = await call.csat.openOptOut(tokenOf(call));
    return await answer(call, page, page.isOptedOut ? "out" : "asked");
  } catch (error) {
    return await refuseOptOut(call, error);
  }
}

/**
 * POST /o/:token — a form, in this order: 404 for the link, 400 or 413 for the body. `List-Unsubscribe=One-Click` (RFC 8058)
 * opts out and answers a line of text; the page's own `action` opts out or undoes it, and answers the page. The link is the
 * credential: it asks for no origin and no cookie, since mailbox providers send none.
 */
export async function changeOptOut(call: PublicCall): Promise<Response> {
  const wish = await readWish(call);
  try {
    const token = tokenOf(call);
    if (wish.kind === "unreadable") {
      await call.csat.openOptOut(token);
      throw wish.refusal;
    }
    if (wish.kind === "undo") return await answer(call, await call.csat.undoOptOut(token), "undone");
    const page = await call.csat.optOut(token);
    return wish.kind === "one_click" ? acknowledgeOneClick() : await answer(call, page, "out");
  } catch (error) {
    return await refuseOptOut(call, error);
  }
}

/** Answers what cannot be served: the friendly page, or JSON to those who ask for it. */
export async function refuseOptOut(call: PublicCall, error: unknown): Promise<Response> {
  const { status } = describeError(error);
  if (status >= 500) call.options.report(error);
  if (prefersJson(call.request)) return errorResponse(error);
  const look = lookOf(call, { workspaceName: null, theme: null, locale: languageOf(call) });
  if (status === 404) return await pageResponse(404, unknownLinkPage(look));
  const query = queryOf(call);
  if (status === 429) {
    const said = { what: "tooManyRequests", advice: "tooManyRequestsAdvice", query } as const;
    return await pageResponse(429, tryAgainPage(look, said));
  }
  const what = call.request.method === "POST" ? "choiceNotRecorded" : "notShown";
  return await pageResponse(status, tryAgainPage(look, { what, advice: "failureAdvice", query }));
}

type Wish =
  | { readonly kind: "one_click" | "opt_out" | "undo" }
  | { readonly kind: "unreadable"; readonly refusal: unknown };

// Read before the link is judged and reported after it: the link comes first in the order of answers.
async function readWish({ request }: PublicCall): Promise<Wish> {
  try {
    const { values } = await readFields(request, { accepted: "form" });
    if (values.get("List-Unsubscribe") === "One-Click") return { kind: "one_click" };
    const action = values.get("action");
    if (action === "opt_out" || action === "undo") return { kind: action };
    throw new CsatError("invalid_input", "Send List-Unsubscribe=One-Click, or an action: opt_out or undo.");
  } catch (refusal) {
    return { kind: "unreadable", refusal };
  }
}

function tokenOf({ token }: PublicCall): string {
  if (token === null) throw new CsatError("survey_not_found", "The link cannot be decoded.");
  return token;
}

async function answer(call: PublicCall, page: OptOutPage, state: OptOutState): Promise<Response> {
  const look = lookOf(call, { ...page, locale: languageOf(call) });
  return await pageResponse(200, optOutPage({ look, state, query: queryOf(call) }));
}

// A mailbox provider reads the status alone; who looks at the text is a program's author.
function acknowledgeOneClick(): Response {
  return new Response("You will get no more of these surveys.\n", {
    headers: { ...apiHeaders, "content-type": "text/plain; charset=utf-8" },
  });
}

/** The language that the link names; null when it names none, several, or what is none. */
function languageOf({ url }: PublicCall): string | null {
  const given = url.searchParams.getAll("lang");
  return given.length === 1 ? (readLocale(given[0])?.toString() ?? null) : null;
}

/** What must go on standing behind the link: whatever else was in the query is left out. */
function queryOf(call: PublicCall): string {
  const language = languageOf(call);
  return language === null ? "" : `lang=${language}`;
}
