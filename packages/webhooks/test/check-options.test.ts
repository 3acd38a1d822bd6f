import { isCsatError } from "@csat/core";
import { expect, test } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { secret } from "./support/events.ts";

const endpoint = { id: "hook", url: "https://hooks.example/csat", secret };

/** The paths that are refused; empty when the options pass. */
function refused(options: unknown): readonly string[] {
  try {
    // Plain JavaScript hands over anything.
    webhookTransport(options as never);
    return [];
  } catch (error) {
    if (!isCsatError(error, "invalid_config")) throw error;
    return error.issues.map(({ path }) => path);
  }
}

test.each([
  { endpoints: [] },
  { endpoints: () => [] },
  { endpoints: [endpoint, { ...endpoint, id: "other" }] },
  {
    endpoints: [
      { ...endpoint, workspaceId: "acme" },
      { ...endpoint, workspaceId: "globex" },
    ],
  },
  { endpoints: [{ ...endpoint, secret: [secret, secret.replace("whsec_", "")] }] },
  {
    endpoints: [endpoint],
    allowPrivateAddresses: ["10.0.0.0/8", "::1", "fd00::/8", "hooks.intra", "localhost"],
  },
])("right options pass: %j", (options) => {
  expect(refused(options)).toEqual([]);
});

test.each([
  [undefined, ["endpoints"]],
  [{ endpoints: "https://hooks.example" }, ["endpoints"]],
  [{ endpoints: [null] }, ["endpoints.0.id", "endpoints.0.url", "endpoints.0.secret"]],
  [{ endpoints: [endpoint, endpoint] }, ["endpoints.1.id"]],
  [{ endpoints: [{ ...endpoint, url: "/csat" }] }, ["endpoints.0.url"]],
  [{ endpoints: [{ ...endpoint, url: "https://a:b@hooks.example" }] }, ["endpoints.0.url"]],
  [{ endpoints: [{ ...endpoint, secret: "whsec_c2hvcnQ=" }] }, ["endpoints.0.secret"]],
  [{ endpoints: [{ ...endpoint, secret: "not base64 at all, but long enough!!" }] }, ["endpoints.0.secret"]],
  [{ endpoints: [{ ...endpoint, secret: [] }] }, ["endpoints.0.secret"]],
  [{ endpoints: [], timeoutMs: 0 }, ["timeoutMs"]],
  [{ endpoints: [], timeoutMs: 2 ** 31 }, ["timeoutMs"]],
  [{ endpoints: [], maxResponseBytes: 1.5 }, ["maxResponseBytes"]],
  [{ endpoints: [], allowPrivateAddresses: "10.0.0.0/8" }, ["allowPrivateAddresses"]],
  [
    { endpoints: [], allowPrivateAddresses: ["10.0.0.0/33", "127.1", "a b", "https://hooks.intra", ""] },
    [0, 1, 2, 3, 4].map((index) => `allowPrivateAddresses.${index}`),
  ],
  [{ endpoints: [], onGone: true, lookup: 1, clock: {} }, ["onGone", "lookup", "clock"]],
  [{ endpoints: [], certificateAuthorities: ["no"] }, ["certificateAuthorities"]],
])("wrong options are refused at start-up with a path each: %j", (options, paths) => {
  expect(refused(options)).toEqual(paths);
});

test("no secret stands in the refusal", () => {
  const hidden = "whsec_aGlkZGVu";
  expect(() => webhookTransport({ endpoints: [{ ...endpoint, secret: hidden }] })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("aGlkZGVu") }),
  );
});
