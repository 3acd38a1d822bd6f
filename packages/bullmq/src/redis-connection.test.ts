import { Cluster } from "ioredis";
import { expect, test } from "vitest";
import { keyPrefix } from "./redis-connection.ts";

const cluster = { cluster: [{ host: "127.0.0.1", port: 7000 }] };

test.each([
  ["csat", "{csat}"],
  ["help:desk", "{help:desk}"],
  ["{csat}", "{csat}"],
  ["help:{7}:csat", "help:{7}:csat"],
  // Redis takes the text between the first { and the } behind it, and all of the key when there is none.
  ["a{}b", "{a{}b}"],
  ["a}b{", "{a}b{}"],
])(
  "on a cluster all keys of a queue have one slot: %s becomes %s, on one server it stays",
  (prefix, tagged) => {
    const client = new Cluster([...cluster.cluster], { lazyConnect: true });
    expect(keyPrefix(prefix, cluster)).toBe(tagged);
    expect(keyPrefix(prefix, client)).toBe(tagged);
    expect(keyPrefix(prefix, "redis://localhost")).toBe(prefix);
    expect(keyPrefix(prefix, { host: "localhost" })).toBe(prefix);
    client.disconnect();
  },
);
