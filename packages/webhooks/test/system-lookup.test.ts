import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { expect, onTestFinished, test } from "vitest";
import { systemLookup } from "../src/system-lookup.ts";

/** A resolver whose server takes questions and does as told with them. */
async function resolverOf(answer: (question: Buffer) => Buffer | null) {
  const server = createSocket("udp4");
  let asked: () => void = () => {};
  const question = new Promise<void>((resolve) => {
    asked = resolve;
  });
  server.on("message", (message, { port, address }) => {
    const reply = answer(message);
    if (reply !== null) server.send(reply, port, address);
    asked();
  });
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const newResolver = () => {
    // It never gives up by itself, however slow the machine.
    const resolver = new Resolver({ timeout: 2 ** 31 - 1, tries: 1 });
    resolver.setServers([`127.0.0.1:${server.address().port}`]);
    return resolver;
  };
  return { newResolver, question };
}

/** RFC 1035, 4.1.1: the same question, as an answer with this code. */
function answered(question: Buffer, code: number): Buffer {
  const reply = Buffer.from(question);
  reply.writeUInt16BE(0x8180 + code, 2);
  return reply;
}

test("DNS that never answers is left when the attempt ends", async () => {
  // S54
  const { newResolver, question } = await resolverOf(() => null);
  const attempt = new AbortController();
  const looking = systemLookup(newResolver)("hooks.example", attempt.signal);
  await question;
  attempt.abort();
  await expect(looking).rejects.toMatchObject({ code: "ECANCELLED" });
});

test("an attempt that has ended asks nobody", async () => {
  const never = () => expect.unreachable();
  await expect(systemLookup(never)("hooks.example", AbortSignal.abort())).rejects.toThrow(/abort/i);
});

test("of a name that DNS does not know the system is asked, which has a hosts file besides", async () => {
  const nameUnknown = 3; // RFC 1035, 4.1.1
  const { newResolver } = await resolverOf((question) => answered(question, nameUnknown));
  const { signal } = new AbortController();
  await expect(systemLookup(newResolver)("nobody.invalid", signal)).rejects.toMatchObject({
    syscall: "getaddrinfo",
  });
});

test("every address that DNS names is told", async () => {
  const { newResolver } = await resolverOf((question) => {
    const isIpv4 = question.readUInt16BE(endOfName(question)) === 1;
    if (!isIpv4) return answered(question, 0);
    const end = endOfName(question) + 4;
    const head = answered(question.subarray(0, end), 0);
    head.writeUInt16BE(2, 6); // answers
    head.writeUInt16BE(0, 10); // no more than these
    const one = (last: number) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, last]);
    return Buffer.concat([head, one(1), one(2)]);
  });
  const { signal } = new AbortController();
  const addresses = await systemLookup(newResolver)("hooks.example", signal);
  expect(addresses.toSorted()).toEqual(["192.0.2.1", "192.0.2.2"]);
});

/** Where the name of the one question ends (RFC 1035, 4.1.2): behind it stand its type and class. */
function endOfName(question: Buffer): number {
  let at = 12;
  while (question[at] !== 0) at += (question[at] ?? 0) + 1;
  return at + 1;
}
