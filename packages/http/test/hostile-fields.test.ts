import { describe, expect, test } from "vitest";
import { aDesk, browser, json } from "./a-desk.ts";

const urlencoded = { "content-type": "application/x-www-form-urlencoded", ...browser };
const tooMany = "The body has more than 50 fields. Send those that are needed.";

function fields(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}

function part(name: string, value: string, headers = ""): string {
  return `--x\r\n${headers}content-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

describe("the page's language, whatever the headers and the stored locale", () => {
  const endless = `tlh-x-${"a-".repeat(7_800)}a`;
  test.each([
    ["a valid tag of 15.6 kB", endless, null, "en"],
    ["that tag before a short one", `${endless}, de`, null, "de"],
    ["a stored locale of 32 kB", "fr", `tlh-x-${"a-".repeat(16_000)}a`, "fr"],
    ["the tenth range", `${"nl,".repeat(9)}es`, null, "es"],
    ["the eleventh range", `${"nl,".repeat(10)}es`, null, "en"],
    ["ten ranges that are none", `${",".repeat(10)}es`, null, "en"],
    ["thousands of weights", `ja;q=0.2,${"de;q=0.1,".repeat(2_000)}`, null, "ja"],
    ["a range with 15 kB of white space", `de${" ".repeat(15_000)};q=1, pt`, null, "pt"],
  ])("%s", async (_name, acceptLanguage, locale, lang) => {
    const theme = null;
    const desk = await aDesk({
      broken: {
        openSurvey: async () => ({ state: "open", workspaceName: "A", ticketSubject: "B", locale, theme }),
      },
    });
    const headers = { ...browser, "accept-language": acceptLanguage };
    expect(await (await desk.ask("/r/x", { headers })).text()).toContain(`<html lang="${lang}" dir="ltr">`);
  });
});

test.each([
  ["ranges within 1,000 characters", `${"a/b,".repeat(240)}application/json`, "application/json"],
  ["no range behind them", `${"a/b,".repeat(260)}application/json`, "text/html; charset=utf-8"],
  [
    "no part of a range that is cut",
    `${"a".repeat(980)},application/jsonp-and-more`,
    "text/html; charset=utf-8",
  ],
  ["nothing of one long range", `application/json;a="${"x".repeat(15_000)}"`, "text/html; charset=utf-8"],
])("of Accept are read %s", async (_name, accept, type) => {
  const response = await (await aDesk()).ask("/r/x", { headers: { accept } });
  expect(response.headers.get("content-type")?.startsWith(type)).toBe(true);
});

describe("a body's fields", () => {
  test("are 50 at most, in a form and in JSON", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const post = (body: string) => desk.ask(`/r/${token}`, { method: "POST", body, headers: urlencoded });
    expect((await post(`rating=5${fields(50, (index) => `&a${index}`)}`)).status).toBe(400);
    expect((await post(`rating=5${fields(49, (index) => `&a${index}`)}`)).status).toBe(201);
    for (const body of [
      `{"rating":5${fields(50, (index) => `,"a${index}":1`)}}`,
      `{${'"a":1,'.repeat(9_000)}"a":1}`,
    ]) {
      const refused = await desk.ask(`/r/${token}`, json(body));
      expect(await refused.json()).toEqual({ error: { code: "invalid_input", message: tooMany } });
    }
  });

  test("are 50 at most in a multipart form, with headers of 1,000 characters", async () => {
    const desk = await aDesk();
    const headers = { accept: "application/json", "content-type": "multipart/form-data; boundary=x" };
    const post = async (token: string, body: string) =>
      desk.ask(`/r/${token}`, { method: "POST", body: `${body}--x--\r\n`, headers });
    const most = part("rating", "5") + fields(49, (index) => part(`a${index}`, "b"));
    const token = await desk.survey("T1");
    const refused = await post(token, most + part("b", ""));
    expect(await refused.json()).toEqual({ error: { code: "invalid_input", message: tooMany } });
    expect((await post(token, part("rating", "5", "a: b\r\n".repeat(10_000)))).status).toBe(400);
    expect((await post(token, most)).status).toBe(201);
    const another = await desk.survey("T2");
    expect((await post(another, part("rating", "5") + part("comment", "line\r\n".repeat(300)))).status).toBe(
      201,
    );
  });

  test("have names of 100 characters, of which no more is told", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const name = "n".repeat(60_000);
    const expected = {
      error: {
        issues: [{ path: `${"n".repeat(100)}…`, message: "has a name of more than 100 characters" }],
      },
    };
    expect(await (await desk.ask(`/r/${token}`, json({ rating: 5, [name]: 1 }))).json()).toMatchObject(
      expected,
    );
    const headers = { ...urlencoded, accept: "application/json" };
    const form = { method: "POST", body: `rating=5&${name}=1`, headers };
    expect(await (await desk.ask(`/r/${token}`, form)).json()).toMatchObject(expected);
  });

  test.each(["[".repeat(64_000), `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`])(
    "are single values: nothing is made of %.10s…",
    async (body) => {
      const desk = await aDesk();
      expect((await desk.ask(`/r/${await desk.survey("T1")}`, json(body))).status).toBe(400);
    },
  );

  test.each([
    ["%EF%BF%BD", "\uFFFD"],
    ["\uFFFD", "\uFFFD"],
    ["%ef%bf%bd%EF%BF%BD a%", "\uFFFD\uFFFD a%"],
    ["%E2%EF%BF%BD", null],
    ["%E2", null],
    ["%EF%BF", null],
    ["%ED%A0%BD", null],
    ["%".repeat(1_500), "%".repeat(1_500)],
  ])("are UTF-8: the comment %.20s", async (written, comment) => {
    const desk = await aDesk();
    const body = `rating=5&comment=${written}`;
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, {
      method: "POST",
      body,
      headers: { ...urlencoded, accept: "application/json" },
    });
    if (comment === null) expect(response.status).toBe(400);
    else expect(await response.json()).toMatchObject({ comment });
  });

  test.each([`application/json${";".repeat(15_000)}`, `multipart/form-data; boundary=${"x".repeat(15_000)}`])(
    "have a type of 300 characters at most: %.40s…",
    async (type) => {
      const desk = await aDesk();
      const headers = { ...browser, "content-type": type };
      const response = await desk.ask("/api/settings", { method: "PUT", body: "{}", headers });
      expect(response.status).toBe(400);
    },
  );
});

describe("an operator's address", () => {
  const asked = async (path: string) => {
    const actions: unknown[] = [];
    const desk = await aDesk({
      options: {
        authorize: async (_request, action) => {
          actions.push(action);
          return { workspaceId: "acme", userId: "olivia", role: "owner" };
        },
      },
    });
    return { status: (await desk.ask(path)).status, actions };
  };

  test("may hold an id of 200 characters of four bytes, and none that is longer", async () => {
    const id = "🌸".repeat(200);
    expect(await asked(`/api/tickets/${encodeURIComponent(id)}`)).toEqual({
      status: 200,
      actions: [{ kind: "ticket", ticketId: id }],
    });
    for (const longer of [
      `${encodeURIComponent(id)}a`,
      "a".repeat(201),
      "%61".repeat(5_000),
      "%".repeat(15_000),
    ])
      expect(await asked(`/api/tickets/${longer}`)).toEqual({ status: 400, actions: [] });
  });

  test("may hold 50 parameters and 8,000 characters of a query", async () => {
    const settings = "/api/settings?";
    expect((await asked(settings + fields(49, (index) => `a${index}&`))).status).toBe(200);
    expect((await asked(`${settings}a=${"b".repeat(7_997)}`)).status).toBe(200);
    expect(await asked(settings + fields(50, (index) => `a${index}&`))).toEqual({ status: 400, actions: [] });
    expect(await asked(`${settings}a=${"b".repeat(7_998)}`)).toEqual({ status: 400, actions: [] });
  });
});

test.each(["a.".repeat(125), "[::1]", "desk.example:65535"])("the host %.20s is one", async (host) => {
  expect((await (await aDesk()).askAt(`https://${host}/csat/r/x`)).status).toBe(404);
});

test.each(["ü".repeat(8_000), "a.".repeat(140)])(
  "the host %.20s is none: no name is as long",
  async (host) => {
    expect((await (await aDesk()).askAt(`https://${host}/csat/r/x`)).status).toBe(400);
  },
);

test("a query of the public page costs no answer: a rating among thousands of parameters is still shown", async () => {
  // S23
  const desk = await aDesk();
  const response = await desk.ask(`/r/${await desk.survey("T1")}?${"a&".repeat(4_000)}rating=4`);
  expect(await response.text()).toContain('value="4" required checked');
});
