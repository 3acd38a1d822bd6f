import { attempt } from "../attempt.ts";
import { ok, type Report } from "./report.ts";
import { why } from "./why.ts";

const check = "publicUrl";

/**
 * Do the customers' pages answer under their public address, and over https? Opens a survey link and an opt-out link that
 * lead nowhere: the handler of @csat/http says so in its own words, and reads the database for it.
 */
export async function checkPublicUrl(publicUrl: string, timeoutMs: number): Promise<Report> {
  for (const page of ["/r", "/o"]) {
    const wrong = await checkPage(publicUrl, { page: `${publicUrl}${page}`, timeoutMs });
    if (wrong !== null) return wrong;
  }
  const said = `${publicUrl} is the survey page.`;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "https:") return ok(check, said);
  const missing = "Over http mails go out without List-Unsubscribe, the header for opting out by one click";
  // Nobody gets a mail with such a link but who develops.
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return ok(check, `${said} ${missing}.`);
  return {
    check,
    status: "finding",
    code: "public_url_not_https",
    message: `${publicUrl} is not https. ${missing}, and answers can be read on their way.`,
    remedy: "Serve it over https, and give createCsat that address as publicUrl.",
  };
}

/** Null when the page answers as ours does. */
async function checkPage(
  publicUrl: string,
  { page, timeoutMs }: { readonly page: string; readonly timeoutMs: number },
): Promise<Report | null> {
  const asked = await attempt({ timeoutMs, work: () => ask(`${page}/csat-doctor`, timeoutMs) });
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
  if (status === 404 && code === "survey_not_found") return null;
  if (status >= 500) {
    return {
      check,
      status: "finding",
      code: "public_url_failing",
      message: `${page} answers with ${status}.`,
      remedy: "Look into the log of the web process and of the proxy before it.",
    };
  }
  return {
    check,
    status: "finding",
    code: "public_url_elsewhere",
    message: `${page} answers with ${status}, and not as the customers' pages do.`,
    remedy:
      "Mount the handler of @csat/http where publicUrl says, and let the proxy pass the whole path on, for /r/ and for /o/.",
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
