import { expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const wellFormed = "a".repeat(26);
const malformed = [
  "x",
  "%00",
  "%E0%A4%A",
  "%",
  "%F0%9F%8E%89",
  `${wellFormed}a`,
  `${wellFormed.slice(1)}1`,
  `${wellFormed.slice(1)}O`,
  `${wellFormed.slice(1)}%E2%84%AA`,
  "A".repeat(32),
  "..%2F..%2Fapi",
  "a'--",
  "%3Cscript%3E",
  "a b",
];

async function everythingOf(response: Response): Promise<unknown> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

// S26
test.each(malformed)("the malformed token %j is answered exactly as an unknown one", async (token) => {
  const desk = await aDesk();
  const requests: readonly (RequestInit | undefined)[] = [
    undefined,
    { headers: browser },
    { headers: { accept: "application/json" } },
    form({ rating: "5" }),
    json({ rating: 5 }),
    json("{broken"),
  ];
  for (const request of requests) {
    const unknown = await everythingOf(await desk.ask(`/r/${wellFormed}`, request));
    expect(unknown).toMatchObject({ status: 404 });
    expect(await everythingOf(await desk.ask(`/r/${token}`, request))).toEqual(unknown);
  }
});

test.each(["/r", "/r/", `/r/${wellFormed}/`, `/r/${wellFormed}/more`, `/r//${wellFormed}`])(
  "%s, which resembles a link, gets the friendly page too",
  async (path) => {
    const desk = await aDesk();
    const response = await desk.ask(path, { headers: browser });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("This link leads to no survey.");
  },
);

// S26
test("programs get the unknown link as JSON", async () => {
  const desk = await aDesk();
  const response = await desk.ask(`/r/${wellFormed}`, json({ rating: 5 }));
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: "survey_not_found", message: "This link leads to no survey." },
  });
});

// S29
test("no answer repeats the token of its request", async () => {
  const desk = await aDesk();
  const token = await desk.survey("T1");
  for (const link of [token, wellFormed]) {
    for (const request of [
      undefined,
      { headers: browser },
      form({ rating: "9" }),
      json({ rating: 9 }),
      json({ rating: 5 }),
    ]) {
      const response = await desk.ask(`/r/${link}?rating=3`, request);
      expect(JSON.stringify(await everythingOf(response))).not.toContain(link);
    }
  }
});

test.each(["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
  "%s on a survey is 405 and says what is allowed",
  async (method) => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const before = await desk.stored("T1");
    const response = await desk.ask(`/r/${token}`, {
      method,
      body: method === "OPTIONS" ? null : '{"rating":5}',
    });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
    expect(await response.json()).toMatchObject({ error: { code: "method_not_allowed" } });
    expect(await desk.stored("T1")).toEqual(before);
  },
);
