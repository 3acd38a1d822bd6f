import type { Csat, TicketPanel, WorkspaceSettings } from "@csat/core";
import { createHandler, type ErrorBody, type HandlerOptions, type ViewData, type Views } from "@csat/http";
import { expect, expectTypeOf, test } from "vitest";

interface HostTransaction {
  execute(statement: string): Promise<unknown>;
}

test("a Csat over any storage fits, with host transactions or without", () => {
  // Only the types are looked at; nothing of it is called.
  expectTypeOf(createHandler).toBeCallableWith({} as Csat<HostTransaction>, {} as HandlerOptions);
  // Likewise.
  expectTypeOf(createHandler).toBeCallableWith({} as Csat, {} as HandlerOptions);
  expectTypeOf(createHandler).returns.toEqualTypeOf<(request: Request) => Promise<Response>>();
});

const request = new Request("https://desk.example/");
// Only its type is looked at; it draws nothing.
const render: Views["render"] = async () => new Response();

test("render takes each view's data under its name, and no other", () => {
  // Only the types are looked at, here and below.
  expectTypeOf(render).toBeCallableWith("settings", {} as WorkspaceSettings, request);
  // Likewise.
  expectTypeOf(render).toBeCallableWith("error", {} as ErrorBody, request);
  // @ts-expect-error -- the data of another view
  void render("settings", {} as TicketPanel, request);
  // @ts-expect-error -- the panel alone, without its journal
  void render("ticket-panel", {} as TicketPanel, request);
  // @ts-expect-error -- nothing
  void render("explain", undefined, request);
  // @ts-expect-error -- no view of this name
  void render("setting", {} as WorkspaceSettings, request);
  // @ts-expect-error -- without who asked
  void render("settings", {} as WorkspaceSettings);
});

test("a table of functions by name draws every view without a cast", () => {
  const text: { readonly [View in keyof ViewData]: (data: ViewData[View]) => string } = {
    settings: ({ subject }) => subject ?? "",
    "settings-refused": ({ error, typed }) => `${error.message} ${typed.subject}`,
    "settings-preview": ({ html }) => html,
    "settings-simulation": ({ simulation, typed }) => `${simulation.sent} ${typed.samplePercent}`,
    "ticket-panel": ({ panel, journal }) => `${panel.state} ${journal.length}`,
    explain: (journal) => `${journal.length}`,
    analytics: ({ metrics }) => `${metrics.current.responses}`,
    "low-ratings": ({ items }) => `${items[0]?.assignee?.name}`,
    responses: ({ items }) => `${items[0]?.rating}`,
    "own-analytics": ({ metrics, responses }) => `${metrics.weekly.length} ${responses.items.length}`,
    "own-responses": ({ items }) => `${items[0]?.rating}`,
    "suppressed-customers": ({ items }) => `${items[0]?.key}`,
    customer: ({ suppressions, who }) => `${suppressions[0]?.reason} ${who.id}`,
    webhooks: ({ items }) => `${items[0]?.type}`,
    "webhook-replayed": ({ replayed }) => `${replayed}`,
    "webhook-tested": (tested) => `${tested[0]?.ok}`,
    error: ({ error }) => error.code,
  };
  const views: Views = { render: async (view, data) => new Response(text[view](data)) };
  expectTypeOf(views.render).returns.toEqualTypeOf<Promise<Response>>();
  // @ts-expect-error -- the function of one view with the data of another
  const mixed: Views = { render: async (_, data) => new Response(text.settings(data)) };
  expect(mixed).toBeDefined();
});

test("views that take any name and data fit as well; one for a single view does not", () => {
  expectTypeOf<(name: string, data: unknown, request: Request) => Promise<Response>>().toExtend<
    Views["render"]
  >();
  expectTypeOf<() => Promise<Response>>().toExtend<Views["render"]>();
  expectTypeOf<(view: "settings", data: WorkspaceSettings) => Promise<Response>>().not.toExtend<
    Views["render"]
  >();
});
