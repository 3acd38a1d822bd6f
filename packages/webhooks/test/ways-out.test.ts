import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { ProxyAgent } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { deliverTo } from "./support/deliver.ts";
import { anEvent, secret } from "./support/events.ts";
import { aReceiver } from "./support/receiver.ts";

/** A proxy as RFC 9110, 9.3.6 has it: it leads every CONNECT to one receiver, and tells where others wanted to go. */
async function aProxy(receiverPort: number) {
  const wanted: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (head) => {
      wanted.push(/^CONNECT (\S+)/.exec(head.toString("latin1"))?.[1] ?? "");
      const onward = connect(receiverPort, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      onward.on("error", () => {});
      sockets.add(onward);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is an object; it is text for pipes alone.
  const { port } = proxy.address() as AddressInfo;
  const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${port}`, proxyTunnel: true });
  onTestFinished(async () => {
    await dispatcher.destroy();
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return { dispatcher, wanted };
}

test("behind a proxy the name is the proxy's to resolve, and is not looked up here", async () => {
  // S54
  const receiver = await aReceiver();
  const { dispatcher, wanted } = await aProxy(receiver.port);
  const lookup = async () => expect.unreachable();
  const options = { dispatcher, lookup, allowPrivateAddresses: ["hooks.example"] };
  expect(await deliverTo({ url: "http://hooks.example/in", options })).toEqual({ ok: true });
  expect(wanted).toEqual(["hooks.example:80"]);
  expect(receiver.arrived).toMatchObject([{ path: "/in", headers: { "webhook-id": "event-1" } }]);
});

test.each([
  "https://127.0.0.1/",
  "https://[64:ff9b::7f00:1]/",
  "https://localhost/",
  "http://hooks.example/",
])("behind a proxy %s is refused all the same, and the proxy hears nothing", async (url) => {
  // S54
  const { dispatcher, wanted } = await aProxy(1);
  const options = { dispatcher, allowPrivateAddresses: [] };
  expect(await deliverTo({ url, options })).toMatchObject({ ok: false, retryable: false });
  expect(wanted).toEqual([]);
});

test("an endpoint's own headers go along, and none takes the place of the signature", async () => {
  // S54
  const receiver = await aReceiver();
  const url = `http://127.0.0.1:${receiver.port}/`;
  const transport = webhookTransport({
    endpoints: [
      { id: "crm", url, secret, headers: { authorization: "Bearer of-the-gateway", "x-team": "a b" } },
    ],
    allowPrivateAddresses: ["127.0.0.1"],
  });
  const event = anEvent();
  const [endpoint] = await transport.endpointsFor(event);
  if (endpoint === undefined) throw new Error("no endpoint");
  // What is handed out goes through logs and other transports.
  expect(JSON.stringify(endpoint)).not.toContain("of-the-gateway");
  expect(await transport.deliver(endpoint, event, new AbortController().signal)).toEqual({ ok: true });
  expect(receiver.arrived[0]?.headers).toMatchObject({
    authorization: "Bearer of-the-gateway",
    "x-team": "a b",
    "webhook-id": "event-1",
  });
});

const tooMany = Object.fromEntries(Array.from({ length: 21 }, (_, place) => [`x-${place}`, "a"]));
test.each([
  [{ "webhook-signature": "v1,forged" }],
  [{ "Webhook-Id": "other" }],
  [{ "Content-Length": "0" }],
  [{ host: "elsewhere.example" }],
  [{ "Transfer-Encoding": "chunked" }],
  [{ "x-a": "line\r\nx-b: another" }],
  [{ "x a": "1" }],
  [{ "": "1" }],
  [{ "x-a": "" }],
  [{ "x-a": "caf\u00e9" }],
  [{ "x-a": 5 }],
  [["x-a"]],
  ["x-a: 1"],
  [tooMany],
])(
  "%j are no headers of an endpoint: refused at start, and given up when a database names them",
  async (headers) => {
    // S54
    // What a host without types may pass.
    const given = { id: "crm", url: "https://hooks.example/", secret, headers: headers as never };
    expect(() => webhookTransport({ endpoints: [given] })).toThrow(/endpoints.0.headers/);
    const transport = webhookTransport({ endpoints: async () => [given] });
    const [endpoint = { id: "", url: "" }] = await transport.endpointsFor(anEvent());
    expect(await transport.deliver(endpoint, anEvent(), new AbortController().signal)).toMatchObject({
      ok: false,
      retryable: false,
      error: "the endpoint has headers that cannot be sent",
    });
  },
);

test.each([
  ["http://hooks.example/", undefined],
  ["http://hooks.example/", ["other.example", "10.0.0.1.example"]],
  ["http://8.8.8.8/", ["10.0.0.0/8"]],
  ["http://[2606:4700::1111]/", []],
])("%s beside %j is refused at start: no attempt could use plain http", (url, allowPrivateAddresses) => {
  // S54
  const options = allowPrivateAddresses === undefined ? {} : { allowPrivateAddresses };
  expect(() => webhookTransport({ endpoints: [{ id: "crm", url, secret }], ...options })).toThrow(
    /endpoints.0.url goes over http/,
  );
});

test.each([
  ["http://hooks.example/", ["HOOKS.example"]],
  ["http://hooks.example/", ["10.0.0.0/8"]],
  ["http://10.1.2.3/", ["10.0.0.0/8"]],
  ["http://hooks.example/", true as const],
])("%s beside %j may pass", (url, allowPrivateAddresses) => {
  expect(() =>
    webhookTransport({ endpoints: [{ id: "crm", url, secret }], allowPrivateAddresses }),
  ).not.toThrow();
});
