import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const data = { accept: "application/json" };
const named = "https://www.example.com";
const stranger = "https://evil.example";

describe("GET of a link for whoever prefers JSON", () => {
  test("tells what the page would show, in its language, and writes nothing", async () => {
    // S83, S21
    const desk = await aDesk({ theme: { accentColor: "#7a1fa2", logo: null }, maxCommentLength: 500 });
    const token = await desk.survey("T1", { subject: "Drucker <b>", locale: "de-AT" });
    const before = await desk.stored("T1");
    const response = await desk.ask(`/r/${token}?rating=4`, { headers: data });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      vary: "Accept, Accept-Language",
    });
    const survey: { readonly texts: Readonly<Record<string, string>> } = await response.json();
    expect(survey).toMatchObject({
      state: "open",
      subject: "Drucker <b>",
      workspace: "Acme Support",
      maxCommentLength: 500,
      locale: "de",
      direction: "ltr",
      theme: { accentColor: "#7a1fa2", logo: null },
    });
    expect(survey.texts.question).toContain("{subject}");
    expect(survey.texts.send).toBe("Bewertung senden");
    expect(JSON.stringify(survey)).not.toContain(token);
    expect(await desk.stored("T1")).toEqual(before);
  });

  test("an answered one says so, and when", async () => {
    // S83, S30
    const desk = await aDesk();
    const token = await desk.survey("T1");
    expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(201);
    const survey = await (await desk.ask(`/r/${token}`, { headers: data })).json();
    expect(survey).toMatchObject({ state: "answered", respondedAt: desk.clock.now().toISOString() });
    expect(survey).not.toHaveProperty("subject");
  });

  test("browsers, and whoever prefers nothing, get the page as ever", async () => {
    // S83
    const desk = await aDesk();
    const token = await desk.survey("T1");
    for (const headers of [browser, { accept: "*/*" }, {}])
      expect((await desk.ask(`/r/${token}`, { headers })).headers.get("content-type")).toContain("text/html");
  });

  test("an unknown link is 404 in JSON", async () => {
    // S26, S83
    const desk = await aDesk();
    const response = await desk.ask("/r/unknown", { headers: data });
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: "survey_not_found" } },
    ]);
  });
});

describe("pages of other origins", () => {
  const options = { surveyOrigins: [named] };
  const preflight = (origin: string) => ({
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });

  test("a named one may read and post, without credentials", async () => {
    // S83
    const desk = await aDesk({ options });
    const token = await desk.survey("T1");
    const asked = await desk.ask(`/r/${token}`, preflight(named));
    expect([asked.status, await asked.text()]).toEqual([204, ""]);
    expect(Object.fromEntries(asked.headers)).toEqual({
      "access-control-allow-origin": named,
      "access-control-allow-methods": "GET, HEAD, POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "600",
      vary: "Origin",
    });
    const site = { origin: named, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
    const answers = [
      await desk.ask(`/r/${token}`, { headers: { ...data, ...site } }),
      await desk.ask(`/r/${token}`, json({ rating: 6 }, site)),
      await desk.ask(`/r/${token}`, json({ rating: 5 }, site)),
      await desk.ask(`/r/${token}`, json({ rating: 5 }, site)),
      await desk.ask("/r/unknown", json({ rating: 5 }, site)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 201, 409, 404]);
    for (const { headers } of answers) {
      expect(headers.get("access-control-allow-origin")).toBe(named);
      expect(headers.has("access-control-allow-credentials")).toBe(false);
      expect(headers.get("vary")).toMatch(/\bOrigin$/);
    }
  });

  test.each([stranger, "null", `${named}.evil.example`, "http://www.example.com", `${named}:8443`, ""])(
    "any other is not told anything by its script, and cannot answer: %s",
    async (origin) => {
      // S83
      const desk = await aDesk({ options });
      const token = await desk.survey("T1");
      const asked = await desk.ask(`/r/${token}`, preflight(origin));
      expect([asked.status, asked.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
      const site = { origin, "sec-fetch-site": "cross-site" };
      const read = await desk.ask(`/r/${token}`, { headers: { ...data, ...site, "sec-fetch-mode": "cors" } });
      // What needs no preflight: a form, posted by script.
      const plain = form({ rating: "5" });
      const posted = await desk.ask(`/r/${token}`, {
        ...plain,
        headers: { ...Object(plain.headers), ...site, "sec-fetch-mode": "no-cors" },
      });
      expect(posted.status).toBe(403);
      for (const { headers } of [asked, read, posted])
        expect(headers.has("access-control-allow-origin")).toBe(false);
      expect(await desk.stored("T1")).toMatchObject({ panel: { state: "awaiting" } });
    },
  );

  test("a form that a person sends from another page is taken, as one in a mail is", async () => {
    // S22, S83
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const plain = form({ rating: "5" });
    const navigation = { origin: "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const sent = await desk.ask(`/r/${token}`, {
      ...plain,
      headers: { ...Object(plain.headers), ...navigation },
    });
    expect(sent.status).toBe(201);
  });

  test("operators' routes stay closed to them", async () => {
    // S51, S83
    const desk = await aDesk({ options });
    const response = await desk.ask("/api/settings", { headers: { origin: named } });
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
    expect((await desk.ask("/api/settings", preflight(named))).status).toBe(405);
  });
});

describe("frames", () => {
  test("named origins may frame every page, and nothing else of its policy changes", async () => {
    // S83, S29
    const [plain, framed] = [
      await aDesk(),
      await aDesk({ options: { frameAncestors: [named, "https://desk.example.com:8443/"] } }),
    ];
    for (const path of ["/r/unknown", null]) {
      const [before, after] = await Promise.all(
        [plain, framed].map(async (desk) =>
          desk.ask(path ?? `/r/${await desk.survey("T1")}`, { headers: browser }),
        ),
      );
      const policy = before?.headers.get("content-security-policy");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(before?.headers.get("x-frame-options")).toBe("DENY");
      expect(after?.headers.get("content-security-policy")).toBe(
        policy?.replace("frame-ancestors 'none'", `frame-ancestors ${named} https://desk.example.com:8443`),
      );
      expect(after?.headers.has("x-frame-options")).toBe(false);
    }
  });

  test("without the option the policy is the same byte for byte, whoever may read the survey", async () => {
    // S83, S29
    const lists = { surveyOrigins: [named], allowedOrigins: [named], frameAncestors: [] };
    const [plain, read] = [await aDesk(), await aDesk({ options: lists })];
    for (const origin of [undefined, named, stranger]) {
      const headers = { ...browser, ...(origin === undefined ? {} : { origin }) };
      const told = async (desk: typeof plain) => {
        const response = await desk.ask(`/r/${await desk.survey("T1")}`, { headers });
        const { "access-control-allow-origin": _, vary, ...others } = Object.fromEntries(response.headers);
        return { ...others, vary: vary?.replace(", Origin", "") };
      };
      const before = await told(plain);
      expect(await told(read)).toEqual(before);
      expect(before).toMatchObject({
        "content-security-policy": expect.stringMatching(
          /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        ),
        "x-frame-options": "DENY",
        vary: "Accept, Accept-Language",
      });
    }
  });

  test("JSON and operators' answers are framed by nobody", async () => {
    // S83
    const desk = await aDesk({ options: { frameAncestors: [named] } });
    for (const response of [
      await desk.ask(`/r/${await desk.survey("T1")}`, { headers: data }),
      await desk.ask("/api/settings"),
    ]) {
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
  });
});
