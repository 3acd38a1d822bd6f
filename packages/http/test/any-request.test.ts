import fc from "fast-check";
import { expect, test } from "vitest";
import { aDesk, base } from "./a-desk.ts";

const segment = fc.oneof(
  fc.constantFrom(
    "r",
    "api",
    "settings",
    "preview",
    "tickets",
    "explain",
    "webhooks",
    "test",
    "replay",
    "TOKEN",
    "",
  ),
  fc
    .string({ unit: "binary", maxLength: 12 })
    .map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, ""))),
  fc.constantFrom("%00", "%", "%E0%A4%A", "%2F", "%2e%2e", "..", "A".repeat(300)),
);
const headerText = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const headers = fc.record(
  {
    accept: fc.oneof(headerText, fc.constantFrom("text/html", "application/json", "*/*", ";q=,")),
    "accept-language": fc.oneof(headerText, fc.constantFrom("de, en;q=0.5", "*")),
    "content-type": fc.oneof(
      headerText,
      fc.constantFrom(
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
      ),
    ),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.json(),
  fc.uint8Array(),
  fc.string({ unit: "binary" }),
  fc.constantFrom('{"rating":5}', "rating=5", "--x--", '{"enabled":true}'),
);

test("whatever is asked, the answer is a response and no failure of the server", async () => {
  const errors: unknown[] = [];
  const desk = await aDesk({ options: { onError: (error) => errors.push(error) } });
  const token = await desk.survey("T1");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"),
      fc.array(segment, { maxLength: 5 }),
      fc.webQueryParameters(),
      headers,
      body,
      async (method, segments, query, given, content) => {
        const path = segments.join("/").replace("TOKEN", token);
        const withBody =
          method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(Buffer.from(content)) };
        const response = await desk.askAt(`${base}/${path}?${query}`, {
          method,
          headers: given,
          ...withBody,
        });
        expect(response.status).toBeLessThan(500);
        expect(response.headers.get("cache-control")).toBe("no-store");
        expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      },
    ),
    { numRuns: 1_000 },
  );
  expect(errors).toEqual([]);
});
