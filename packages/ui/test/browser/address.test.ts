import { expect, test } from "vitest";
import { isView, mountOf } from "../../src/browser/address.ts";

test.each([
  ["/csat/api/analytics", "/csat"],
  ["/api/settings", ""],
  ["/api/csat/api/analytics/responses", "/api/csat"],
  ["/csat/api/tickets/api/explain", "/csat"],
  ["/csat/api/webhooks", "/csat"],
  ["/csat/api/my/analytics", "/csat"],
  ["/csat/api/customers/suppressed", "/csat"],
])("the address of a view, %s, says where its handler is mounted", (path, basePath) => {
  expect(mountOf(new URL(path, "https://desk.example"))).toEqual({
    origin: "https://desk.example",
    basePath,
  });
});

test.each(["/", "/csat/r/token", "/csat/api", "/csat/api/analyticsx", "/tickets/1"])(
  "%s is the address of no view",
  (path) => {
    expect(mountOf(new URL(path, "https://desk.example"))).toBeNull();
  },
);

test.each([
  ["https://desk.example/csat/api/analytics?days=7", true],
  ["https://desk.example/csat/api/analytics/responses.csv?days=7", false],
  ["https://desk.example/tickets/1", false],
  ["https://desk.example/csat/apix", false],
  ["https://evil.example/csat/api/analytics", false],
  ["http://desk.example/csat/api/analytics", false],
  ["https://desk.example/csat/r/token", false],
])("%s is a view of the handler: %s", (address, expected) => {
  const mount = { origin: "https://desk.example", basePath: "/csat" };
  expect(isView(new URL(address), mount)).toBe(expected);
});
