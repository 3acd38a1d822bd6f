import { expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";

const mail = {
  subject: "How was <b>it</b>?",
  html: '<!doctype html><html><head><style>p{color:red}</style></head><body class="m"><p style="margin:0">Hi</p></body></html>',
  text: "Hi",
};
const request = new Request("https://desk.example/csat/api/settings/preview");
const inFrame = csatViews({
  basePath: "/csat",
  layout: () => new Response("a page of the host"),
});

test("the preview is the mail below its subject, whatever layout the host has", async () => {
  const text = await (await inFrame.render("settings-preview", mail, request)).text();
  expect(text).toMatch(
    /<body class="m"><p style="[^"]*" dir="auto">How was &lt;b&gt;it&lt;\/b&gt;\?<\/p><p style/,
  );
  expect(text).not.toContain("a page of the host");
});

test("the preview runs nothing, loads nothing, and allows its own styles by their hashes", async () => {
  const response = await inFrame.render("settings-preview", mail, request);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-hashes' 'sha256-/);
  // Of "p{color:red}" and "margin:0", by openssl dgst -sha256 -binary | base64.
  expect(policy).toContain("'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='");
  expect(policy).toContain("'sha256-q3nqK4VzeI/SowYCYQ/tCfo056B/JMutuSpzbJbHczk='");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toContain("unsafe-inline");
});

test("a preview that is refused says why, in the frame", async () => {
  const issues = [{ path: "subject", message: "uses unknown placeholders: {{<b>}}" }];
  const data = { error: { code: "invalid_input", message: "The settings were not saved", issues } };
  const text = await (await inFrame.render("error", data, request)).text();
  expect(text).toContain("The subject uses unknown placeholders: {{&lt;b&gt;}}.");
  expect(text).not.toContain("a page of the host");
  const plain = { error: { code: "forbidden", message: "Only owners." } };
  expect(await (await inFrame.render("error", plain, request)).text()).toContain("Only owners.");
});
