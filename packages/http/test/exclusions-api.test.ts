import type { Action, HandlerOptions, Views } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, type Desk, form, json } from "./a-desk.ts";

const ref = { workspaceId: "acme", ticketId: "T1" };
const eve = { workspaceId: "acme", userId: "eve", role: "admin" } as const;
const asEve = { options: { authorize: async () => eve } };

/** A desk whose ticket T1 was rated 1. */
async function anAnswer(change: Parameters<typeof aDesk>[0] = asEve): Promise<Desk> {
  const desk = await aDesk(change);
  const token = await desk.survey("T1");
  await desk.csat.submitResponse({ token, rating: 1, comment: "Bad." });
  return desk;
}

async function said(response: Promise<Response>): Promise<unknown> {
  const { status, body } = await response.then(async (one) => ({
    status: one.status,
    body: await one.json(),
  }));
  return [status, body];
}

describe("POST /api/tickets/:ticketId/exclude and /restore", () => {
  // S76, S79
  test("say what became of the answer, and write down who said so", async () => {
    const desk = await anAnswer();
    const exclude = () => desk.ask("/api/tickets/T1/exclude", json({ reason: "machine" }));
    const restore = () => desk.ask("/api/tickets/T1/restore", { method: "POST" });
    expect(await said(exclude())).toEqual([200, { kind: "excluded" }]);
    expect(await said(exclude())).toEqual([200, { kind: "nothing_to_do" }]);
    expect(await (await desk.ask("/api/tickets/T1")).json()).toMatchObject({
      state: "answered",
      excluded: { reason: "machine", actorId: "eve", at: desk.clock.now().toISOString() },
    });
    expect((await (await desk.ask("/api/analytics/responses")).json()).items).toEqual([]);
    expect(await (await desk.ask("/api/analytics/responses.csv")).text()).toMatch(/,true\r\n$/);
    expect(await said(restore())).toEqual([200, { kind: "restored" }]);
    expect(await said(restore())).toEqual([200, { kind: "nothing_to_do" }]);
    expect((await desk.csat.explain(ref)).slice(-2)).toMatchObject([
      { event: "excluded", reason: "machine", actorId: "eve" },
      { event: "restored", reason: null, actorId: "eve" },
    ]);
    expect(await (await desk.ask("/api/analytics/responses.csv")).text()).toMatch(/,false\r\n$/);
    expect(await said(desk.ask("/api/tickets/T9/exclude", json({ reason: "other" })))).toEqual([
      200,
      { kind: "not_answered" },
    ]);
  });

  // S76
  test.each([["dislike"], [null], [""]])("refuse the reason %j, and change nothing", async (reason) => {
    const desk = await anAnswer();
    const before = await desk.stored("T1");
    const response = await desk.ask("/api/tickets/T1/exclude", json({ reason }));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { issues: [{ path: "reason", message: "must be one of machine, agent, mistake, other" }] } },
    ]);
    expect(await desk.stored("T1")).toEqual(before);
  });

  // S51, S76
  test("change nothing for an operator, whoever was rated", async () => {
    const desk = await anAnswer({ options: { authorize: async () => ({ ...eve, role: "operator" }) } });
    const before = await desk.stored("T1");
    for (const name of ["exclude", "restore"])
      expect(await said(desk.ask(`/api/tickets/T1/${name}`, json({ reason: "agent" })))).toEqual([
        403,
        { error: { code: "forbidden", message: "Only owners and admins say which answers count." } },
      ]);
    expect(await desk.stored("T1")).toEqual(before);
  });

  // S49
  test("touch tickets of their own workspace alone", async () => {
    const desk = await anAnswer({ options: { authorize: async () => ({ ...eve, workspaceId: "globex" }) } });
    const before = await desk.stored("T1");
    const asked = json({ reason: "agent", workspaceId: "acme" });
    expect(await said(desk.ask("/api/tickets/T1/exclude?workspaceId=acme", asked))).toEqual([
      200,
      { kind: "not_answered" },
    ]);
    expect(await desk.stored("T1")).toEqual(before);
  });

  test.each(["exclude", "restore"])(
    "a form at %s leads to its field return, else to the panel",
    async (name) => {
      const desk = await anAnswer();
      const fields = { reason: "agent" };
      const back = await desk.ask(`/api/tickets/T1/${name}`, form({ ...fields, return: "/reports?days=7" }));
      expect([back.status, back.headers.get("location")]).toEqual([303, "/reports?days=7"]);
      const panel = await desk.ask(`/api/tickets/T1/${name}`, form(fields));
      const location = panel.headers.get("location") ?? "";
      expect(new URL(location, `https://desk.example/csat/api/tickets/T1/${name}`).pathname).toBe(
        "/csat/api/tickets/T1",
      );
      const before = await desk.stored("T1");
      const away = await desk.ask(`/api/tickets/T1/${name}`, form({ ...fields, return: "//evil.example" }));
      expect(away.status).toBe(400);
      expect(await desk.stored("T1")).toEqual(before);
    },
  );
});

describe("what a view may offer", () => {
  const paths = [
    "/api/tickets/T1",
    "/api/analytics",
    "/api/analytics/low-ratings",
    "/api/analytics/responses",
  ];

  /** What `mayExclude` each of these views was given. */
  async function offered(authorize: HandlerOptions["authorize"], asked = paths): Promise<readonly unknown[]> {
    const given: unknown[] = [];
    const render: Views["render"] = async (_view, data) => {
      given.push(Object(data).mayExclude);
      return new Response();
    };
    const desk = await anAnswer({ options: { authorize, views: { render }, onError: () => {} } });
    for (const path of asked) await desk.ask(path, { headers: { accept: "text/html" } });
    return given;
  }

  // S76
  test("is excluding, to those whom the host lets", async () => {
    const actions: Action[] = [];
    const authorize = async (_request: Request, action: Action) => {
      actions.push(action);
      return eve;
    };
    expect(await offered(authorize)).toEqual([true, true, true, true]);
    expect(actions.filter(({ kind }) => kind === "exclusions")).toEqual(
      paths.map(() => ({ kind: "exclusions", ticketId: "T1" })),
    );
  });

  // S76
  test("is nothing to an operator, and the host is not asked for more", async () => {
    const actions: string[] = [];
    const authorize = async (_request: Request, { kind }: Action) => {
      actions.push(kind);
      return { ...eve, role: "operator" } as const;
    };
    expect((await offered(authorize))[0]).toBe(false);
    expect(actions).not.toContain("exclusions");
  });

  test.each<[string, () => Promise<Awaited<ReturnType<HandlerOptions["authorize"]>>>]>([
    ["forbids it", async () => "forbidden"],
    ["no longer knows them", async () => null],
    ["says they are of another workspace", async () => ({ ...eve, workspaceId: "globex" })],
    ["throws", () => Promise.reject(new Error("ldap"))],
  ])("is nothing where the host %s", async (_name, answer) => {
    const authorize = async (_request: Request, { kind }: Action) => (kind === "exclusions" ? answer() : eve);
    expect(await offered(authorize)).toEqual([false, false, false, false]);
  });
});

// S79
test("settings say who changed them last to their view, and to nobody else", async () => {
  const given: unknown[] = [];
  const render: Views["render"] = async (_view, data) => {
    given.push(Object(data).changed);
    return new Response();
  };
  const desk = await aDesk({ options: { authorize: async () => eve, views: { render } } });
  await desk.clock.advance(1_000);
  const at = desk.clock.now();
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ subject: "How was it?" });
  const response = await desk.ask("/api/settings", { method: "PUT", headers: json, body });
  expect(await response.json()).not.toHaveProperty("changed");
  await desk.ask("/api/settings", { headers: { accept: "text/html" } });
  expect(given).toEqual([{ actorId: "eve", at }]);
  expect(await desk.csat.getSettingsChange("acme")).toEqual({ actorId: "eve", at });
});
