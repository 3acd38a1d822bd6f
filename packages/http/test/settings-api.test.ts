import { describe, expect, test } from "vitest";
import { aDesk, form, json } from "./a-desk.ts";

const put = (value: unknown): RequestInit => ({ ...json(value), method: "PUT" });

const ask = { cooldownDays: 0, answerCooldownDays: 0, samplePercent: 100, linkExpiryDays: null };

describe("GET /api/settings", () => {
  test("answers what stands", async () => {
    const desk = await aDesk({ settings: { subject: "Hi {{customer_name}}" } });
    const response = await desk.ask("/api/settings");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      enabled: true,
      sendDelay: "immediately",
      subject: "Hi {{customer_name}}",
      bodyIntro: null,
      ...ask,
    });
  });

  // S49
  test("is bound to the principal's workspace", async () => {
    const principal = { workspaceId: "globex", userId: "zoe", role: "owner" } as const;
    const desk = await aDesk({ options: { authorize: async () => principal } });
    expect(await (await desk.ask("/api/settings")).json()).toMatchObject({ enabled: false });
    await desk.ask("/api/settings?workspaceId=acme", put({ sendDelay: "3_days" }));
    expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "immediately" });
    expect(await desk.csat.getSettings("globex")).toMatchObject({ sendDelay: "3_days" });
  });
});

describe("PUT /api/settings", () => {
  test("changes the named fields alone and answers all of them", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/settings", put({ sendDelay: "1_hour", subject: "New" }));
    expect(response.status).toBe(200);
    const expected = { ...ask, enabled: true, sendDelay: "1_hour", subject: "New", bodyIntro: null };
    expect(await response.json()).toEqual(expected);
    expect(await desk.csat.getSettings("acme")).toEqual(expected);
  });

  // S69
  test("changes whom to ask, in numbers, up to the ends of what may be", async () => {
    const desk = await aDesk();
    for (const change of [
      { cooldownDays: 30, answerCooldownDays: 90, samplePercent: 25 },
      { cooldownDays: 365, answerCooldownDays: 365, samplePercent: 1 },
      { cooldownDays: 0, answerCooldownDays: 0, samplePercent: 100, linkExpiryDays: 30 },
    ]) {
      const response = await desk.ask("/api/settings", put(change));
      expect([response.status, await response.json()]).toEqual([200, expect.objectContaining(change)]);
      expect(await desk.csat.getSettings("acme")).toMatchObject(change);
    }
  });

  test("changes nothing for an empty object", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/settings", put({}));
    expect(await response.json()).toMatchObject({ enabled: true, sendDelay: "immediately" });
  });

  test.each<[string, unknown, string]>([
    ["an unknown field", { enabeld: true }, "enabeld"],
    ["an unknown field beside a good one", { sendDelay: "3_days", workspaceId: "x" }, "workspaceId"],
    ["__proto__", '{"__proto__":"x"}', "__proto__"],
    ["enabled as text", { enabled: "true" }, "enabled"],
    ["enabled as a number", { enabled: 1 }, "enabled"],
    ["enabled as null", { enabled: null }, "enabled"],
    ["an unknown delay", { sendDelay: "2_hours" }, "sendDelay"],
    ["an inherited name as delay", { sendDelay: "constructor" }, "sendDelay"],
    ["a number as subject", { subject: 5 }, "subject"],
    ["a list as body", { bodyIntro: ["x"] }, "bodyIntro"],
    ["NUL", { subject: "a\0b" }, "subject"],
    ["half a surrogate pair", '{"bodyIntro":"\\ud83d"}', "bodyIntro"],
    ["201 characters of subject", { subject: "x".repeat(201) }, "subject"],
    ["5,001 characters of body", { bodyIntro: "x".repeat(5001) }, "bodyIntro"],
    ["days as text", { cooldownDays: "30" }, "cooldownDays"],
    ["days as null", { answerCooldownDays: null }, "answerCooldownDays"],
    ["366 days", { cooldownDays: 366 }, "cooldownDays"],
    ["half a day", { answerCooldownDays: 0.5 }, "answerCooldownDays"],
    ["a day before", { answerCooldownDays: -1 }, "answerCooldownDays"],
    ["no ticket in a hundred", { samplePercent: 0 }, "samplePercent"],
    ["101 tickets in a hundred", { samplePercent: 101 }, "samplePercent"],
    ["links that end at once", { linkExpiryDays: 0 }, "linkExpiryDays"],
    ["links of more than a year", { linkExpiryDays: 366 }, "linkExpiryDays"],
    ["days as text", { linkExpiryDays: "30" }, "linkExpiryDays"],
    ["more than any number", '{"samplePercent":1e999}', "samplePercent"],
  ])("refuses %s with an issue at its field, and saves nothing", async (_, body, path) => {
    const desk = await aDesk();
    const before = await desk.csat.getSettings("acme");
    const response = await desk.ask("/api/settings", put(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: "invalid_input", issues: [{ path, message: expect.any(String) }] },
    });
    expect(await desk.csat.getSettings("acme")).toEqual(before);
  });

  test.each(["[]", "null", "5", '"x"', "[{}]"])("refuses %s, which is no object", async (body) => {
    const desk = await aDesk();
    expect((await desk.ask("/api/settings", put(body))).status).toBe(400);
  });

  // S35
  test("names an unknown placeholder and lists the known ones", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/settings", put({ subject: "Hi {{constructor}}" }));
    const text = await response.text();
    expect(response.status).toBe(400);
    for (const name of [
      "constructor",
      "customer_name",
      "ticket_subject",
      "workspace_name",
      "operator_name",
    ]) {
      expect(text).toContain(`{{${name}}}`);
    }
  });

  test("takes JSON alone", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/settings", { ...form({ enabled: "on" }), method: "PUT" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("application/json");
  });
});

describe("POST /api/settings/preview", () => {
  test("shows the mail with the change over what stands, from JSON and from a form, and saves nothing", async () => {
    const desk = await aDesk({ settings: { bodyIntro: "Saved intro" } });
    const before = await desk.csat.getSettings("acme");
    for (const body of [
      json({ subject: "Changed <b>" }),
      form({ subject: "Changed <b>", sendDelay: "1_hour" }),
    ]) {
      const response = await desk.ask("/api/settings/preview", { ...body });
      expect(response.status).toBe(200);
      const mail = await response.json();
      expect(mail).toMatchObject({ subject: "Changed <b>", html: expect.stringContaining("Saved intro") });
      expect(Object.keys(mail).toSorted()).toEqual(["html", "subject", "text", "workspaceName"]);
    }
    expect(await desk.csat.getSettings("acme")).toEqual(before);
  });

  test("refuses what saving would refuse", async () => {
    const desk = await aDesk();
    for (const body of [{ subject: "{{nope}}" }, { enabled: "x" }, { other: 1 }]) {
      expect((await desk.ask("/api/settings/preview", json(body))).status).toBe(400);
    }
  });

  test("GET shows the mail as it is saved", async () => {
    const desk = await aDesk();
    await desk.csat.updateSettings("acme", { subject: "Saved subject" });
    const response = await desk.ask("/api/settings/preview");
    expect(await response.json()).toMatchObject({ subject: "Saved subject" });
  });
});

test("other methods are 405 with those there are", async () => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", { method: "DELETE" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, HEAD, PUT, POST");
});
