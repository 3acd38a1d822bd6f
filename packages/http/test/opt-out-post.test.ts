import { describe, expect, test } from "vitest";
import { aDesk, browser, type Desk, form, json } from "./a-desk.ts";

async function anOptOut(
  desk: Desk,
  ticketId = "T1",
): Promise<{ readonly survey: string; readonly token: string }> {
  const survey = await desk.survey(ticketId);
  const token = /\/o\/(\w+)/.exec(desk.mailer.sent.at(-1)?.links.optOut ?? "")?.[1] ?? "";
  return { survey, token };
}

const isOptedOut = async (desk: Desk, token: string) => (await desk.csat.openOptOut(token)).isOptedOut;

/** What a mailbox provider posts: no cookie, no origin, and nothing it would like to have. */
const urlencoded: RequestInit = {
  method: "POST",
  body: "List-Unsubscribe=One-Click",
  headers: { "content-type": "application/x-www-form-urlencoded" },
};

function multipart(
  fields: Readonly<Record<string, string>> = { "List-Unsubscribe": "One-Click" },
): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return { method: "POST", body };
}

// S71
describe.each([
  ["urlencoded", () => urlencoded],
  ["multipart", () => multipart()],
] as const)("one click of a mailbox provider, %s", (_kind, request) => {
  test("opts out at once and answers a line of text: no page, no cookie, no redirect", async () => {
    const desk = await aDesk();
    const { token } = await anOptOut(desk);
    for (const _again of [1, 2]) {
      const response = await desk.ask(`/o/${token}?lang=ar`, request());
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/plain; charset=utf-8",
      ]);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.has("location")).toBe(false);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.text()).toBe("You will get no more of these surveys.\n");
      expect(await isOptedOut(desk, token)).toBe(true);
    }
  });

  test("is the customer's in this workspace: later tickets are skipped, links of before still take an answer", async () => {
    // S72
    const desk = await aDesk();
    const { survey, token } = await anOptOut(desk);
    await desk.ask(`/o/${token}`, request());
    await desk.survey("T2");
    expect(desk.mailer.sent).toHaveLength(1);
    const ref = { workspaceId: "acme", ticketId: "T2" };
    expect((await desk.csat.explain(ref)).at(-1)).toMatchObject({ reason: "opted_out" });
    expect((await desk.ask(`/r/${survey}`, json({ rating: 4 }))).status).toBe(201);
  });

  test("needs no origin, and another site's neither keeps it off nor may read the answer", async () => {
    for (const headers of [
      { origin: "https://mail.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      { origin: "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      { cookie: "session=1" },
    ]) {
      const desk = await aDesk();
      const { token } = await anOptOut(desk);
      const init = request();
      const sent = new Headers(init.headers);
      for (const [name, value] of Object.entries(headers)) sent.set(name, value);
      const response = await desk.ask(`/o/${token}`, { ...init, headers: sent });
      expect(response.status).toBe(200);
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
      expect(await isOptedOut(desk, token)).toBe(true);
    }
  });
});

// S71
test("the page's own form may come as multipart, too", async () => {
  const desk = await aDesk();
  const { token } = await anOptOut(desk);
  for (const [action, isOut] of [
    ["opt_out", true],
    ["undo", false],
  ] as const) {
    expect((await desk.ask(`/o/${token}`, multipart({ action }))).status).toBe(200);
    expect(await isOptedOut(desk, token)).toBe(isOut);
  }
});

const boundary = "multipart/form-data; boundary=x";
const field = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const click = field("List-Unsubscribe", "One-Click");

// S71
describe("what is no such form is refused and changes nothing", () => {
  test.each<readonly [string, number, string, string | undefined]>([
    ["nothing", 400, "", undefined],
    ["nothing in a form", 400, "", "application/x-www-form-urlencoded"],
    ["text", 400, "List-Unsubscribe=One-Click", "text/plain"],
    ["JSON", 400, '{"List-Unsubscribe":"One-Click"}', "application/json"],
    ["another value", 400, "List-Unsubscribe=Two-Clicks", "application/x-www-form-urlencoded"],
    ["another action", 400, "action=delete", "application/x-www-form-urlencoded"],
    ["a field given twice", 400, "action=undo&action=opt_out", "application/x-www-form-urlencoded"],
    ["broken UTF-8", 400, "List-Unsubscribe=One-Click&x=%FF", "application/x-www-form-urlencoded"],
    ["a form of 65 kB", 413, `x=${"a".repeat(66_000)}`, "application/x-www-form-urlencoded"],
    ["fifty-one fields", 400, `${"x&".repeat(50)}x`, "application/x-www-form-urlencoded"],
    ["multipart without a boundary", 400, `${click}--x--\r\n`, "multipart/form-data"],
    ["multipart of another boundary", 400, `${click}--x--\r\n`, "multipart/form-data; boundary=y"],
    ["multipart that ends in a field", 400, click.slice(0, -10), boundary],
    ["multipart with the field twice", 400, `${click}${click}--x--\r\n`, boundary],
    ["multipart of a thousand parts", 400, `${field("a", "b").repeat(1_000)}--x--\r\n`, boundary],
    ["multipart that is a thousand delimiters", 400, "--x\r\n".repeat(1_000), boundary],
    [
      "multipart with a header of 60 kB",
      400,
      `--x\r\n${"a: b\r\n".repeat(10_000)}\r\nv\r\n--x--\r\n`,
      boundary,
    ],
    [
      "multipart with a file",
      400,
      `--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"; filename="a"\r\n\r\nOne-Click\r\n--x--\r\n`,
      boundary,
    ],
    ["multipart of 65 kB", 413, `${field("a", "b".repeat(66_000))}${click}--x--\r\n`, boundary],
  ])("%s", async (_name, status, body, type) => {
    const desk = await aDesk();
    const { token } = await anOptOut(desk);
    const headers = type === undefined ? { accept: "*/*" } : { "content-type": type };
    const request = { method: "POST", body, headers };
    expect((await desk.ask(`/o/${token}`, request)).status).toBe(status);
    expect(await isOptedOut(desk, token)).toBe(false);
    // The link is judged before the body.
    expect((await desk.ask(`/o/${"a".repeat(26)}`, request)).status).toBe(404);
  });
});

// S26
test("an unknown or malformed token is answered exactly as an unknown link to a survey", async () => {
  const everythingOf = async (response: Response) => ({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  });
  const desk = await aDesk();
  for (const request of [
    undefined,
    { headers: browser },
    { headers: { accept: "application/json" } },
    form({ action: "undo" }),
    urlencoded,
    multipart(),
  ]) {
    const unknown = await everythingOf(await desk.ask(`/r/${"a".repeat(26)}`, request));
    expect(unknown).toMatchObject({ status: 404 });
    for (const token of ["a".repeat(26), "x", "%E0%A4%A", "a/b", "%00", ""])
      expect(await everythingOf(await desk.ask(`/o/${token}`, request))).toEqual(unknown);
  }
});

// S70
test("a token for opting out opens no survey, and a survey's token opts nobody out", async () => {
  const desk = await aDesk();
  const { survey, token } = await anOptOut(desk);
  const before = await desk.stored("T1");
  expect((await desk.ask(`/r/${token}`, { headers: browser })).status).toBe(404);
  expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(404);
  expect((await desk.ask(`/o/${survey}`, { headers: browser })).status).toBe(404);
  expect((await desk.ask(`/o/${survey}`, urlencoded)).status).toBe(404);
  expect(await desk.stored("T1")).toEqual(before);
});

test.each([
  ["in capitals", (token: string) => `/o/${token.toUpperCase()}`],
  ["with a slash at its end", (token: string) => `/O/${token}/`],
  ["percent-encoded", (token: string) => `/%6f/%${token.charCodeAt(0).toString(16)}${token.slice(1)}`],
])("a link %s opts out as well", async (_how, spell) => {
  const desk = await aDesk();
  const { token } = await anOptOut(desk);
  expect((await desk.ask(spell(token), urlencoded)).status).toBe(200);
  expect(await isOptedOut(desk, token)).toBe(true);
});

test("a limiter hears of the token, and of one that refuses nothing is stored", async () => {
  const seen: string[] = [];
  const desk = await aDesk({
    options: {
      allowRequest: async ({ method }, token) => {
        seen.push(`${method} ${token}`);
        return method === "GET";
      },
    },
  });
  const { token } = await anOptOut(desk);
  expect((await desk.ask(`/o/${token.toUpperCase()}`, { headers: browser })).status).toBe(200);
  expect((await desk.ask(`/o/${token}`, urlencoded)).status).toBe(429);
  expect(seen).toEqual([`GET ${token}`, `POST ${token}`]);
  expect(await isOptedOut(desk, token)).toBe(false);
});
