import type { Action, HandlerOptions } from "@csat/http";
import { describe, expect, test } from "vitest";
import { routes } from "../src/routes.ts";
import { aDesk, json } from "./a-desk.ts";

const operatorRoutes: readonly (readonly [string, string, Action["kind"]])[] = [
  ["GET", "/api/settings", "settings"],
  ["HEAD", "/api/settings", "settings"],
  ["PUT", "/api/settings", "settings"],
  ["POST", "/api/settings", "settings"],
  ["GET", "/api/settings/preview", "settings"],
  ["POST", "/api/settings/preview", "settings"],
  ["GET", "/api/settings/simulate", "settings"],
  ["POST", "/api/settings/simulate", "settings"],
  ["GET", "/api/tickets/T1", "ticket"],
  ["GET", "/api/tickets/T1/explain", "ticket"],
  ["POST", "/api/tickets/T1/links", "links"],
  ["POST", "/api/tickets/T1/answers", "answers"],
  ["POST", "/api/tickets/T1/leave-out", "asking"],
  ["POST", "/api/tickets/T1/let-in", "asking"],
  ["POST", "/api/tickets/T1/exclude", "exclusions"],
  ["POST", "/api/tickets/T1/restore", "exclusions"],
  ["GET", "/api/analytics", "analytics"],
  ["GET", "/api/analytics/low-ratings", "analytics"],
  ["GET", "/api/analytics/responses", "analytics"],
  ["GET", "/api/analytics/responses.csv", "analytics"],
  ["GET", "/api/my/analytics", "own_analytics"],
  ["GET", "/api/my/analytics/responses", "own_analytics"],
  ["GET", "/api/customers/suppressed", "customers"],
  ["GET", "/api/customers/lookup", "customers"],
  ["POST", "/api/customers/lookup", "customers"],
  ["POST", "/api/customers/suppress", "customers"],
  ["POST", "/api/customers/lift", "customers"],
  ["POST", "/api/customers/import", "customers"],
  ["POST", "/api/customers/export", "customers"],
  ["POST", "/api/customers/erase", "customers"],
  ["GET", "/api/webhooks", "webhooks"],
  ["POST", "/api/webhooks/e1/replay", "webhooks"],
  ["POST", "/api/webhooks/replay", "webhooks"],
  ["POST", "/api/webhooks/test", "webhooks"],
];

// S51
test("the list above holds every route for operators, with every method", () => {
  const ids: Readonly<Record<string, string>> = { ":ticketId": "T1", ":eventId": "e1" };
  const known = routes.flatMap(({ path, action, methods }) =>
    action === "asset"
      ? []
      : Object.keys(methods).map((method) => [
          method,
          path.replace(/:\w+/g, (name) => ids[name] ?? name),
          action,
        ]),
  );
  const listed = operatorRoutes.filter(([method]) => method !== "HEAD");
  expect(listed.map(String).toSorted()).toEqual(known.map(String).toSorted());
});

function asked(method: string): RequestInit {
  return method === "GET" || method === "HEAD" ? { method } : { ...json({}), method };
}

function answering(answer: unknown): { readonly options: Partial<HandlerOptions> } {
  // What hosts in JavaScript may answer is any value.
  return { options: { authorize: async () => answer as null } };
}

describe.each(operatorRoutes)("%s %s", (method, path, kind) => {
  // S51
  test.each<[string, unknown, number]>([
    ["nobody", null, 401],
    ["nobody, by a forgotten return", undefined, 401],
    ["somebody the host forbids it", "forbidden", 403],
    ["a principal of an unknown role", { workspaceId: "acme", userId: "x", role: "guest" }, 403],
    [
      "a principal with an inherited name for a role",
      { workspaceId: "acme", userId: "x", role: "constructor" },
      403,
    ],
    ["a principal without a workspace", { userId: "x", role: "owner" }, 500],
    ["true", true, 500],
  ])("refuses %s", async (_, answer, status) => {
    const desk = await aDesk(answering(answer));
    const response = await desk.ask(path, asked(method));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await desk.csat.getSettings("acme")).toMatchObject({ enabled: true, sendDelay: "immediately" });
  });

  // S51, S76: operators cannot remove their own bad ratings
  test("an operator is let in for tickets and their own answers alone, and not to say which answers count", async () => {
    const desk = await aDesk(answering({ workspaceId: "acme", userId: "bob", role: "operator" }));
    // An answer without its fields is let in, and then refused for that.
    const letIn = kind === "answers" ? 400 : 200;
    expect((await desk.ask(path, asked(method))).status).toBe(
      (isOfTickets(kind) && kind !== "exclusions") || kind === "own_analytics" ? letIn : 403,
    );
  });

  // S51
  test.each(["owner", "admin"])("an %s is let in", async (role) => {
    const desk = await aDesk(answering({ workspaceId: "acme", userId: "x", role }));
    expect([401, 403, 500]).not.toContain((await desk.ask(path, asked(method))).status);
  });

  test("tells the host what is wanted", async () => {
    const actions: Action[] = [];
    const desk = await aDesk({
      options: {
        authorize: async (_, action) => {
          actions.push(action);
          return null;
        },
      },
    });
    await desk.ask(path, asked(method));
    expect(actions).toEqual([isOfTickets(kind) ? { kind, ticketId: "T1" } : { kind }]);
  });
});

function isOfTickets(kind: Action["kind"]): boolean {
  return ["ticket", "links", "answers", "asking", "exclusions"].includes(kind);
}

test("an authorize that throws answers 500 without its words, and is reported", async () => {
  const errors: unknown[] = [];
  const desk = await aDesk({
    options: {
      authorize: () => Promise.reject(new Error("ldap://secret")),
      onError: (error) => errors.push(error),
    },
  });
  const response = await desk.ask("/api/settings");
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    error: { code: "internal", message: "Something failed on the server. Try again in a moment." },
  });
  expect(errors).toEqual([
    expect.objectContaining({ cause: expect.objectContaining({ message: "ldap://secret" }) }),
  ]);
});

test("the public page asks nobody who is there", async () => {
  const desk = await aDesk({ options: { authorize: () => Promise.reject(new Error("asked")) } });
  expect((await desk.ask(`/r/${await desk.survey("T1")}`)).status).toBe(200);
});

test("an authorize that reads the body is told so, instead of saving nothing silently", async () => {
  const desk = await aDesk({
    options: {
      authorize: async (request) => {
        await request.text();
        return { workspaceId: "acme", userId: "olivia", role: "owner" };
      },
    },
  });
  const response = await desk.ask("/api/settings", { ...json({ enabled: false }), method: "PUT" });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    error: { code: "invalid_config", message: expect.stringContaining("was read before") },
  });
});
