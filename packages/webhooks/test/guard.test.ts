import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliverTo } from "./support/deliver.ts";
import { aReceiver } from "./support/receiver.ts";

// Everything that undici opens passes here, so that an attempt at an address outside this machine counts as well.
const opened: unknown[] = [];
const count = (message: unknown) => void opened.push(message);
beforeEach(() => {
  opened.length = 0;
  subscribe("undici:client:beforeConnect", count);
});
afterEach(() => {
  unsubscribe("undici:client:beforeConnect", count);
});

const literals = [
  ..."127.0.0.1 127.0.0.1. 127.1 127.0.1 2130706433 0x7f.1 0x7f000001 017700000001 0177.0.0.1 0.0.0.0 0".split(
    " ",
  ),
  ..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:FFFF:7F00:0001]".split(" "),
  ..."[64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::1] [2001:db8::1] [3fff::1]".split(
    " ",
  ),
  ..."[fc00::1] [fd12:3456::1] [fe80::1] [febf::1] [fec0::1] [ff02::1] [100::1] [5f00::1] [4000::1]".split(
    " ",
  ),
  ..."169.254.169.254 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1".split(" "),
  ..."100.127.255.255 198.18.0.1 198.19.255.255 192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1".split(" "),
  ..."168.63.129.16 [::ffff:168.63.129.16] [64:ff9b::a83f:8110] [64:ff9b::a9fe:a9fe] [64:ff9b:0:0:0:1:808:808]".split(
    " ",
  ),
  ..."224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.88.99.1".split(" "),
  ..."１２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 localhost LOCALHOST LocalHost. localhost. ⓛocalhost a.localhost".split(
    " ",
  ),
];

test.each(literals)("%s is refused before anything is opened", async (host) => {
  // S54
  const receiver = await aReceiver();
  const options = { allowPrivateAddresses: [] };
  for (const scheme of ["https", "http"]) {
    expect(await deliverTo({ url: `${scheme}://${host}:${receiver.port}/`, options })).toEqual({
      ok: false,
      retryable: false,
      retryAfterMs: null,
      error: "the address is not public",
      errorType: "destination_refused",
    });
  }
  expect([opened.length, receiver.connections()]).toEqual([0, 0]);
});

test.each([
  ["http://hooks.example/", "the URL must begin with https://"],
  ["http://8.8.8.8/", "the URL must begin with https://"],
  ["https://user:word@hooks.example/", "the URL holds a user name or password"],
  ["https://hooks.example@127.0.0.1/", "the URL holds a user name or password"],
  ["https://@127.0.0.1/", "the address is not public"],
  ["https:\\\\127.0.0.1\\", "the address is not public"],
  ["https:/127.0.0.1", "the address is not public"],
  ["https://127.0.0.1#hooks.example", "the address is not public"],
  ["https://hooks.example%00.127.0.0.1/", "the URL is no absolute http or https URL"],
  ["https://127.0.0.1%2f/", "the URL is no absolute http or https URL"],
  ["file:///etc/passwd", "the URL is no absolute http or https URL"],
  ["ftp://hooks.example/", "the URL is no absolute http or https URL"],
  ["//hooks.example/", "the URL is no absolute http or https URL"],
  ["", "the URL is no absolute http or https URL"],
])("%j is refused before anything is opened", async (url, error) => {
  // S54
  const options = { allowPrivateAddresses: [], lookup: async () => ["8.8.8.8"] };
  expect(await deliverTo({ url, options })).toMatchObject({ ok: false, retryable: false, error });
  expect(opened).toEqual([]);
});

test.each([
  [["127.0.0.1"]],
  [["8.8.8.8", "10.0.0.1"]],
  [["10.0.0.1", "8.8.8.8"]],
  [["2606:4700::1111", "::1"]],
  [["::ffff:169.254.169.254"]],
  [["fe80::1%eth0"]],
  [["64:ff9b::a00:1"]],
  [["127.1"]],
  [["not an address"]],
])("a name that resolves to %j is refused before anything is opened, and tried again", async (addresses) => {
  // S54
  const options = { allowPrivateAddresses: [], lookup: async () => addresses };
  expect(await deliverTo({ url: "https://hooks.example/", options })).toEqual({
    ok: false,
    retryable: true,
    retryAfterMs: null,
    error: "the address is not public",
    errorType: "destination_refused",
  });
  expect(opened).toEqual([]);
});

test("where names are translated (NAT64), what they lead to counts: a public address passes", async () => {
  // S54. 64:ff9b::808:808 is 8.8.8.8; nobody here leads there, so the attempt ends at the connection.
  const options = { allowPrivateAddresses: [], lookup: async () => ["64:ff9b::808:808"], timeoutMs: 2000 };
  const result = await deliverTo({ url: "https://hooks.example/", options });
  expect(result).toMatchObject({ ok: false, retryable: true });
  expect(result).not.toMatchObject({ error: "the address is not public" });
  expect(opened).toHaveLength(1);
});

test("a name without any address opens nothing", async () => {
  const options = { lookup: async () => [] };
  expect(await deliverTo({ url: "https://hooks.example/", options })).toMatchObject({
    retryable: true,
    error: "the name has no address",
  });
  expect(opened).toEqual([]);
});

test("a name is resolved once per attempt, so that no second answer can lead elsewhere", async () => {
  // S54: DNS rebinding. The first answer is an allowed address where nobody listens, the second would be the receiver's.
  const receiver = await aReceiver();
  let lookups = 0;
  const lookup = async () => (lookups++ === 0 ? ["127.0.0.2"] : ["127.0.0.1"]);
  const options = { allowPrivateAddresses: ["127.0.0.2"], lookup, timeoutMs: 2000 };
  const url = `http://hooks.example:${receiver.port}/`;
  expect(await deliverTo({ url, options })).toMatchObject({ ok: false, retryable: true });
  expect([lookups, opened.length, receiver.connections()]).toEqual([1, 1, 0]);
  expect(await deliverTo({ url, options })).toMatchObject({ error: "the address is not public" });
  expect([lookups, opened.length, receiver.connections()]).toEqual([2, 1, 0]);
});
