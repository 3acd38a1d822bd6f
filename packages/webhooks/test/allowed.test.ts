import { expect, test } from "vitest";
import { certificate } from "./support/certificate.ts";
import { deliverTo } from "./support/deliver.ts";
import { aReceiver } from "./support/receiver.ts";

const lookup = async () => ["127.0.0.1"];

test.each([[["127.0.0.1"]], [["127.0.0.0/8"]], [["hooks.example"]], [["HOOKS.example."]], [true as const]])(
  "a receiver allowed by %j is reached by its name, over http too",
  async (allowPrivateAddresses) => {
    const receiver = await aReceiver();
    const url = `http://hooks.example:${receiver.port}/`;
    expect(await deliverTo({ url, options: { allowPrivateAddresses, lookup } })).toEqual({ ok: true });
    expect(receiver.arrived[0]?.headers.host).toBe(`hooks.example:${receiver.port}`);
  },
);

test.each([[["127.0.0.2"]], [["10.0.0.0/8"]], [["other.example"]], [["example"]], [["::/0"]]])(
  "%j allows nothing else",
  async (allowPrivateAddresses) => {
    const receiver = await aReceiver();
    const url = `http://hooks.example:${receiver.port}/`;
    expect(await deliverTo({ url, options: { allowPrivateAddresses, lookup } })).toMatchObject({ ok: false });
    expect(receiver.connections()).toBe(0);
  },
);

test("allowing every private address does not let public ones go without TLS", async () => {
  const options = { allowPrivateAddresses: true as const, lookup: async () => ["8.8.8.8"] };
  expect(await deliverTo({ url: "http://hooks.example/", options })).toMatchObject({
    error: "the URL must begin with https://",
  });
});

test("over https the certificate is checked against the name, on the address that was looked up", async () => {
  const receiver = await aReceiver({ secure: true });
  const url = `https://hooks.example:${receiver.port}/`;
  expect(await deliverTo({ url, options: { lookup } })).toMatchObject({
    retryable: true,
    error: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  const options = { lookup, certificateAuthorities: [certificate] };
  expect(await deliverTo({ url, options })).toEqual({ ok: true });
  expect(await deliverTo({ url: `https://other.example:${receiver.port}/`, options })).toMatchObject({
    error: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
  expect(receiver.arrived).toHaveLength(1);
});

test("the second of two addresses is tried when the first refuses", async () => {
  const receiver = await aReceiver();
  const options = { allowPrivateAddresses: true as const, lookup: async () => ["::1", "127.0.0.1"] };
  expect(await deliverTo({ url: `http://hooks.example:${receiver.port}/`, options })).toEqual({ ok: true });
});
