import { describe, expect, test } from "vitest";
import { aDesk, browser, type Desk, form } from "./a-desk.ts";

/** The path below the base of the link for opting out that the last mail holds, its query included. */
async function anOptOut(
  desk: Desk,
  change: { readonly locale?: string } = {},
): Promise<{ readonly path: string; readonly token: string }> {
  await desk.survey("T1", change);
  const link = desk.mailer.sent.at(-1)?.links.optOut ?? "";
  const [, path = "", token = ""] = /^https:..desk.example.csat(.o.(\w+)(?:\?.*)?)$/.exec(link) ?? [];
  return { path, token };
}

const headingOf = (html: string) => /<h1>(.*?)<\/h1>/s.exec(html)?.[1];

// S71
test("the page behind the link is one sentence and one button, and opening it changes nothing", async () => {
  const desk = await aDesk({ workspaceName: "Acme Support" });
  const { path, token } = await anOptOut(desk);
  const before = await desk.stored("T1");
  for (const query of ["", "?List-Unsubscribe=One-Click", "?action=opt_out&_method=POST"]) {
    for (const method of ["GET", "HEAD"]) {
      const response = await desk.ask(`${path}${query}`, {
        method,
        headers: { ...browser, "x-http-method-override": "POST", "list-unsubscribe": "One-Click" },
      });
      expect(response.status).toBe(200);
      const html = await response.text();
      if (method === "HEAD") expect(html).toBe("");
      else {
        expect(headingOf(html)).toBe(
          "Do you want no more satisfaction surveys from <bdi>Acme Support</bdi>?",
        );
        expect(html.match(/<button[^>]*>(.*?)<\/button>/g)).toEqual([
          '<button type="submit">Stop these surveys</button>',
        ]);
        expect(html).not.toContain("<script");
      }
    }
  }
  expect((await desk.csat.openOptOut(token)).isOptedOut).toBe(false);
  expect(await desk.stored("T1")).toEqual(before);
});

// S71
test("the button opts out and its page undoes it, each as often as it is sent", async () => {
  const desk = await aDesk({ workspaceName: "Acme Support" });
  const { path, token } = await anOptOut(desk);
  const { isOptedOut } = await desk.csat.openOptOut(token);
  expect(isOptedOut).toBe(false);
  for (const [action, isOut, heading, next] of [
    ["opt_out", true, "You will get no more satisfaction surveys from <bdi>Acme Support</bdi>.", "undo"],
    ["undo", false, "You may get satisfaction surveys from <bdi>Acme Support</bdi> again.", "opt_out"],
  ] as const) {
    for (const _again of [1, 2]) {
      const response = await desk.ask(path, form({ action }));
      expect(response.status).toBe(200);
      const html = await response.text();
      expect(headingOf(html)).toBe(heading);
      expect(html).toContain(`<input type="hidden" name="action" value="${next}">`);
      expect((await desk.csat.openOptOut(token)).isOptedOut).toBe(isOut);
    }
  }
  await desk.ask(path, form({ action: "opt_out" }));
  const later = await (await desk.ask(path, { headers: browser })).text();
  expect(headingOf(later)).toContain("You will get no more satisfaction surveys");
  expect(later).toContain('<button type="submit" class="plain">Undo</button>');
});

describe("the page for opting out speaks", () => {
  // S70
  test.each([
    ["de-AT", "de", "ltr", "Keine solchen Umfragen mehr"],
    ["fr", "fr", "ltr", "Ne plus recevoir ces enquêtes"],
    ["es_MX", "es", "ltr", "Dejar de recibir estas encuestas"],
    ["pt-BR", "pt", "ltr", "Deixar de receber estas pesquisas"],
    ["ja", "ja", "ltr", "今後このアンケートを受け取らない"],
    ["ar-EG", "ar", "rtl", "إيقاف هذه الاستبيانات"],
    ["en-GB", "en", "ltr", "Stop these surveys"],
  ])("the customer's language, which its link names: %s", async (locale, tag, direction, send) => {
    const desk = await aDesk();
    const { path } = await anOptOut(desk, { locale });
    for (const request of [{ headers: { ...browser, "accept-language": "nl" } }, form({ action: "undo" })]) {
      const html = await (await desk.ask(path, request)).text();
      expect(html).toContain(`<html lang="${tag}" dir="${direction}">`);
      expect(html).toContain(`>${send}</button>`);
      // Its form leads to the same language.
      const canonical = locale.replace("_", "-");
      expect(html).toContain(`<form method="post" action="?lang=${canonical}">`);
    }
  });

  test.each([
    "?lang=no+tag",
    "?lang=",
    "?lang=%22%3E%3Cscript%3E",
    "?lang=fr&lang=es",
    `?lang=${"x".repeat(36)}`,
    "?rating=4",
  ])("the browser's where the query %s names none, and keeps nothing of it", async (query) => {
    const desk = await aDesk();
    const { token } = await anOptOut(desk);
    const response = await desk.ask(`/o/${token}${query}`, {
      headers: { ...browser, "accept-language": "de" },
    });
    const html = await response.text();
    expect(html).toContain('<html lang="de"');
    expect(html).toContain('<form method="post" action="?">');
  });

  test("of a workspace without a name in sentences that need none", async () => {
    const desk = await aDesk({ workspaceName: "\u200b" });
    const { path } = await anOptOut(desk);
    const said = [];
    for (const request of [{ headers: browser }, form({ action: "opt_out" }), form({ action: "undo" })]) {
      said.push(headingOf(await (await desk.ask(path, request)).text()));
    }
    expect(said).toEqual([
      "Do you want no more of these satisfaction surveys?",
      "You will get no more of these satisfaction surveys.",
      "You may get these satisfaction surveys again.",
    ]);
  });

  test("a host's own sentences, and a workspace's name is text in them", async () => {
    const desk = await aDesk({
      workspaceName: "<b>A&B</b>{workspace}",
      options: { texts: { en: { optOutQuestion: "Bye, <i>{workspace}</i>?" } } },
    });
    const { path } = await anOptOut(desk);
    expect(headingOf(await (await desk.ask(path, { headers: browser })).text())).toBe(
      "Bye, &lt;i&gt;<bdi>&lt;b&gt;A&amp;B&lt;/b&gt;{workspace}</bdi>&lt;/i&gt;?",
    );
  });
});

test("the page wears the workspace's colour and logo, as the survey does", async () => {
  const logo = "data:image/png;base64,iVBORw0KGgo=";
  const desk = await aDesk({ theme: { accentColor: "#7c3aed", logo } });
  const { path } = await anOptOut(desk);
  const html = await (await desk.ask(path, { headers: browser })).text();
  expect(html).toContain(`<img src="${logo}" alt="">`);
  expect(html).toContain("--csat-accent:#7c3aed");
});

// S29
test("no page may be framed, stored or followed, and none repeats its token, whichever origins are let in", async () => {
  const other = "https://www.example.com";
  const desk = await aDesk({ options: { surveyOrigins: [other], frameAncestors: [other] } });
  const { path, token } = await anOptOut(desk);
  for (const request of [{ headers: { ...browser, origin: other } }, form({ action: "opt_out" })]) {
    const response = await desk.ask(path, request);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "x-robots-tag": "noindex, nofollow",
      "content-security-policy": expect.stringContaining(
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      ),
    });
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).not.toContain(token);
  }
});

test.each(["PUT", "PATCH", "DELETE", "OPTIONS"])("%s is 405 and changes nothing", async (method) => {
  const desk = await aDesk({ options: { surveyOrigins: ["https://www.example.com"] } });
  const { path, token } = await anOptOut(desk);
  const headers = { origin: "https://www.example.com" };
  const response = await desk.ask(path, { method, headers });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  expect((await desk.csat.openOptOut(token)).isOptedOut).toBe(false);
});

test("who is turned away or finds the database gone gets a page that tries again in the same language", async () => {
  const told: unknown[] = [];
  const down = () => Promise.reject(new Error("secret of the driver"));
  const limited = await aDesk({ options: { allowRequest: async () => false } });
  const broken = await aDesk({
    broken: { openOptOut: down, optOut: down, undoOptOut: down },
    options: { onError: (error) => told.push(error) },
  });
  for (const [desk, status, request, said] of [
    [limited, 429, { headers: browser }, "Von hier kamen zu viele Anfragen."],
    [limited, 429, form({ "List-Unsubscribe": "One-Click" }), "Von hier kamen zu viele Anfragen."],
    [broken, 500, { headers: browser }, "Diese Seite konnte nicht angezeigt werden."],
    [broken, 500, form({ action: "opt_out" }), "Ihre Entscheidung konnte nicht gespeichert werden."],
    [broken, 500, form({ action: "undo" }), "Ihre Entscheidung konnte nicht gespeichert werden."],
  ] as const) {
    const response = await desk.ask(`/o/${"a".repeat(26)}?lang=de`, request);
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(status === 429 ? "60" : null);
    const html = await response.text();
    expect(headingOf(html)).toBe(said);
    expect(html).toContain('href="?lang=de"');
    expect(html).not.toContain("secret");
  }
  expect(told).toHaveLength(3);
});
