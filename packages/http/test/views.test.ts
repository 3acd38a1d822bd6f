import type { HandlerOptions, Views } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, browser, form } from "./a-desk.ts";

interface Drawn {
  readonly view: string;
  readonly data: unknown;
}

function viewsInto(
  drawn: Drawn[],
  response: () => Response = () => new Response("<p>drawn", { headers: { "content-type": "text/html" } }),
): Views {
  return {
    render: async (view, data) => {
      drawn.push({ view, data });
      return response();
    },
  };
}

describe("with views", () => {
  test("whoever prefers HTML gets the view with the data of the JSON route", async () => {
    const drawn: Drawn[] = [];
    const desk = await aDesk({ options: { views: viewsInto(drawn) } });
    for (const path of ["/api/settings", "/api/tickets/T1/explain", "/api/webhooks"]) {
      const html = await desk.ask(path, { headers: browser });
      expect(await html.text()).toBe("<p>drawn");
      expect(Object.fromEntries(html.headers)).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        vary: "Accept",
      });
      const json = await (await desk.ask(path)).json();
      // A view may be given more: settings say who changed them.
      expect(JSON.parse(JSON.stringify(drawn.at(-1)?.data))).toMatchObject(json);
    }
    expect(drawn.map(({ view }) => view)).toEqual(["settings", "explain", "webhooks"]);
  });

  test("the panel's view gets the reasons with it, the dashboard's the first answers to follow up", async () => {
    const drawn: Drawn[] = [];
    const desk = await aDesk({ options: { views: viewsInto(drawn) } });
    await desk.ask("/api/tickets/T1", { headers: browser });
    await desk.ask("/api/analytics?days=7", { headers: browser });
    expect(drawn).toMatchObject([
      { view: "ticket-panel", data: { panel: { state: "none" }, journal: [] } },
      { view: "analytics", data: { metrics: { current: { responses: 0 } }, lowRatings: { items: [] } } },
    ]);
  });

  test.each([
    undefined,
    "*/*",
    "application/json",
    "application/json, text/html",
    "text/html;q=0.5, application/json",
    "text/html;q=0, */*",
    "text/*;q=0.1, application/*",
  ])("Accept: %s gets JSON", async (accept) => {
    const desk = await aDesk({ options: { views: viewsInto([]) } });
    const response = await desk.ask("/api/settings", { headers: accept === undefined ? {} : { accept } });
    expect(response.headers.get("content-type")).toContain("application/json");
  });

  test("refusals are drawn as errors, with the status of the refusal", async () => {
    const drawn: Drawn[] = [];
    const options: Partial<HandlerOptions> = { views: viewsInto(drawn), authorize: async () => null };
    const desk = await aDesk({ options });
    const response = await desk.ask("/api/settings", { headers: browser });
    expect(response.status).toBe(401);
    expect(drawn).toEqual([
      { view: "error", data: { error: { code: "unauthorized", message: "Sign in first." } } },
    ]);
  });

  test("a refused settings form is drawn with its issues and what was typed", async () => {
    const drawn: Drawn[] = [];
    const desk = await aDesk({ options: { views: viewsInto(drawn) } });
    const response = await desk.ask(
      "/api/settings",
      form({ sendDelay: "1_hour", subject: "{{nope}}", form: "settings" }),
    );
    expect(response.status).toBe(400);
    expect(drawn).toEqual([
      {
        view: "settings-refused",
        data: {
          error: expect.objectContaining({
            code: "invalid_input",
            issues: [expect.objectContaining({ path: "subject" })],
          }),
          typed: { sendDelay: "1_hour", subject: "{{nope}}", form: "settings" },
        },
      },
    ]);
  });

  test("headers that the view sets stay, every cookie of them", async () => {
    const view = () => {
      const response = new Response("x");
      for (const cookie of ["a=1", "b=2"]) response.headers.append("set-cookie", cookie);
      return response;
    };
    const cookies = await aDesk({ options: { views: viewsInto([], view) } });
    const answer = await cookies.ask("/api/settings", { headers: browser });
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const policy = { "content-security-policy": "default-src 'self'", "cache-control": "private" };
    const desk = await aDesk({
      options: { views: viewsInto([], () => new Response("x", { headers: policy })) },
    });
    const response = await desk.ask("/api/settings", { headers: browser });
    expect(Object.fromEntries(response.headers)).toMatchObject(policy);
  });

  test("a view that throws leaves the answer as JSON, and is reported", async () => {
    const errors: unknown[] = [];
    const views: Views = { render: () => Promise.reject(new Error("template")) };
    const desk = await aDesk({ options: { views, onError: (error) => errors.push(error) } });
    const response = await desk.ask("/api/settings", { headers: browser });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ enabled: true });
    expect(errors).toEqual([expect.objectContaining({ message: "template" })]);
  });

  test("the public page is never drawn by them", async () => {
    const desk = await aDesk({ options: { views: viewsInto([]) } });
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, { headers: browser });
    expect(await response.text()).toContain("How did we do with");
  });
});
