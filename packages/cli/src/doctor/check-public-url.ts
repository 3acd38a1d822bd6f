import { attempt } from "../attempt.ts";
import { ok, type Report } from "./report.ts";
import { why } from "./why.ts";

const check = "publicUrl";

/**
 * Does the customers' page answer under its public address? Opens a link that leads nowhere: the handler of @csat/http
 * says so in its own words, and reads the database for it.
 */
export async function checkPublicUrl(publicUrl: string, timeoutMs: number): Promise<Report> {
  const asked = await attempt({ timeoutMs, work: () => ask(`${publicUrl}/r/csat-doctor`, timeoutMs) });
  if (asked.kind !== "done") {
    return {
      check,
      status: "finding",
      code: "public_url_unreachable",
      message: `${publicUrl} cannot be reached from here: ${why(asked, timeoutMs)}.`,
      remedy:
        "Check DNS, the certificate and the web process. A machine that reaches its own public address by another way only may pass --skip publicUrl.",
    };
  }
  const { status, code } = asked.result;
  if (status === 404 && code === "survey_not_found") return ok(check, `${publicUrl} is the survey page.`);
  if (status >= 500) {
    return {
      check,
      status: "finding",
      code: "public_url_failing",
      message: `${publicUrl} answers with ${status}.`,
      remedy: "Look into the log of the web process and of the proxy before it.",
    };
  }
  return {
    check,
    status: "finding",
    code: "public_url_elsewhere",
    message: `${publicUrl} answers with ${status}, and not as the survey page does.`,
    remedy: "Mount the handler of @csat/http where publicUrl says, and let the proxy pass the whole path on.",
  };
}

async function ask(
  url: string,
  timeoutMs: number,
): Promise<{ readonly status: number; readonly code: unknown }> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  return { status: response.status, code: errorCode(text) };
}

/** `error.code` of an answer in JSON; undefined for anything else. */
function errorCode(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return Reflect.get(Object(Reflect.get(Object(body), "error")), "code");
  } catch {
    return undefined;
  }
}
