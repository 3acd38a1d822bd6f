import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

const proxy = "10.0.0.2";

test("without a proxy of ours the connection counts, whatever a client says about itself", () => {
  const given = { connection: "203.0.113.9", trustedProxies: 0 };
  expect(clientAddress({ ...given, forwardedFor: null })).toBe("203.0.113.9");
  expect(clientAddress({ ...given, forwardedFor: "198.51.100.1" })).toBe("203.0.113.9");
});

test.each([
  [1, "203.0.113.9", "203.0.113.9"],
  [1, "198.51.100.1, 203.0.113.9", "203.0.113.9"],
  [2, "198.51.100.1, 203.0.113.9, 10.0.0.3", "203.0.113.9"],
])(
  "behind %i proxies what the outermost saw counts, and not what it was told: %s",
  (trustedProxies, forwardedFor, client) => {
    expect(clientAddress({ connection: proxy, forwardedFor, trustedProxies })).toBe(client);
  },
);

test.each([null, "", "unknown", "203.0.113.9:4711", "198.51.100.1, "])(
  "a header that names no address there, %j, leaves the connection",
  (forwardedFor) => {
    expect(clientAddress({ connection: proxy, forwardedFor, trustedProxies: 1 })).toBe(proxy);
  },
);

test("a chain shorter than our proxies did not come through them all", () => {
  expect(clientAddress({ connection: proxy, forwardedFor: "203.0.113.9", trustedProxies: 2 })).toBe(proxy);
});

test("one customer of IPv6 has a /64, however many addresses of it he uses", () => {
  const from = (connection: string) => clientAddress({ connection, forwardedFor: null, trustedProxies: 0 });
  expect(from("2001:db8:1:2::1")).toBe(from("2001:db8:1:2:ffff::9"));
  expect(from("2001:db8:1:3::1")).not.toBe(from("2001:db8:1:2::1"));
  expect(from("::ffff:203.0.113.9")).toBe("203.0.113.9");
});
