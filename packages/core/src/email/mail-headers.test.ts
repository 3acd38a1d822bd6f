import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mailHeaders } from "./mail-headers.ts";

const optOut = "https://help.example.com/csat/o/abcdefghijkmnpqrstuvwxyz23?lang=de-AT";
const identity = {
  surveyId: "srv_abc234",
  workspaceId: "acme",
  publicUrl: "https://help.example.com/csat",
  optOut,
  precedence: "bulk",
} as const;

// S18
test("a survey mail says that a machine wrote it and that no machine need answer", () => {
  expect(mailHeaders(identity)).toEqual({
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    Precedence: "bulk",
    "List-Id": "<csat-acme.help.example.com>",
    "X-CSAT-Survey-ID": "srv_abc234",
    "List-Unsubscribe": `<${optOut}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
});

// S70
test.each([
  ["http, which no provider posts to", "http://help.example.com/csat/o/abcdefghijkmnpqrstuvwxyz23"],
  ["a link that no header's line can hold", `https://help.example.com/${"a".repeat(954)}`],
])("a mail offers no unsubscribing by one click over %s", (_why, link) => {
  const headers = mailHeaders({ ...identity, optOut: link });
  expect(Object.keys(headers).filter((name) => name.startsWith("List-U"))).toEqual([]);
});

// S70
test("the longest link that fits fills its line to the last of 998 characters", () => {
  // "List-Unsubscribe: <" and ">" are 20 characters, "https://help.example.com/" 25.
  const link = `https://help.example.com/${"a".repeat(953)}`;
  expect(mailHeaders({ ...identity, optOut: link })["List-Unsubscribe"]).toBe(`<${link}>`);
  expect(`List-Unsubscribe: <${link}>`).toHaveLength(998);
});

// S18
test.each([
  ["list", "list"],
  [null, undefined],
] as const)("a host may say another Precedence, or none: %s", (precedence, header) => {
  expect(mailHeaders({ ...identity, precedence }).Precedence).toBe(header);
});

// S18
test.each([
  ["a sub-path and a port", "http://help.example.com:8443/a/b/", "<csat-acme.help.example.com>"],
  ["a host in Unicode", "https://bücher.example", "<csat-acme.xn--bcher-kva.example>"],
  ["the local machine", "http://localhost:3000", "<csat-acme.localhost>"],
  ["an IPv4 host", "http://127.0.0.1:3000", "<csat-acme.localhost>"],
  ["an IPv6 host", "http://[::1]:3000", "<csat-acme.localhost>"],
  ["a trailing dot", "https://help.example.com./", "<csat-acme.localhost>"],
  ["an underscore", "https://my_host.example.com/", "<csat-acme.localhost>"],
  [
    "a host too long for a List-Id",
    `https://${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.com`,
    "<csat-acme.localhost>",
  ],
])("the list's domain is the public host: %s", (_name, publicUrl, expected) => {
  expect(mailHeaders({ ...identity, publicUrl })["List-Id"]).toBe(expected);
});

// S18
test("each workspace has a list of its own, the same in every mail", () => {
  const ids = [
    "acme",
    "Acme",
    "ACME",
    "ac me",
    "ac-me",
    "ac--me",
    "-",
    "",
    "0",
    "üñï",
    "ünï",
    "🌸",
    "b".repeat(48),
    "b".repeat(49),
    "b".repeat(60),
    "b".repeat(500),
    "a".repeat(200),
    "a".repeat(199),
  ];
  const listIds = ids.map((workspaceId) => mailHeaders({ ...identity, workspaceId })["List-Id"]);
  expect(new Set(listIds).size).toBe(ids.length);
  // RFC 1035: a label has 63 characters at most.
  for (const listId of listIds) expect(listId).toMatch(/^<[a-z\d-]{1,63}\.help\.example\.com>$/);
  expect(
    ids.map((workspaceId) => mailHeaders({ ...identity, surveyId: "srv_x", workspaceId })["List-Id"]),
  ).toEqual(listIds);
});

// S18
test("whatever the ids hold, every header is one line of printable ASCII, and List-Id is a valid one", () => {
  const id = fc.oneof(
    fc.string({ unit: "binary", maxLength: 220 }),
    fc.constantFrom("a\r\nBcc: eve@example.com", "<a>", "a.b@c", "\ud83d"),
  );
  fc.assert(
    fc.property(id, id, (surveyId, workspaceId) => {
      const headers = mailHeaders({ ...identity, surveyId, workspaceId });
      for (const [name, value] of Object.entries(headers)) {
        expect(name).toMatch(/^[A-Za-z-]+$/);
        expect(value).toMatch(/^[ -~]*$/);
      }
      const listId = headers["List-Id"] ?? "";
      // RFC 2919: dot-atoms in angle brackets, at most 255 characters; labels as in a host name.
      expect(listId).toMatch(/^<[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d-]{1,63})+>$/);
      expect(listId.length).toBeLessThanOrEqual(257);
    }),
  );
});
