import type { AddressInfo } from "node:net";
import { createTestDatabase } from "@csat-internal/test-support";
import { inject } from "vitest";
import { startHelpdesk } from "../start.ts";
import { aMailbox } from "./a-mailbox.ts";

/** The helpdesk on servers of its own, with surveys switched on, and somebody who is signed in. */
export async function aDesk() {
  const [database, mailbox] = [await createTestDatabase(inject("databaseUrl")), await aMailbox()];
  const { helpdesk, csat, server, stop } = await startHelpdesk({
    port: 0,
    databaseUrl: database.url,
    smtpUrl: mailbox.url,
    publicUrl: "http://desk.example",
  });
  const users = helpdesk.database.insertInto("users").returningAll();
  const lea = await users.values({ name: "Lea", role: "lead", api_key: "lea" }).executeTakeFirstOrThrow();
  const bob = await users.values({ name: "Bob", role: "agent", api_key: "bob" }).executeTakeFirstOrThrow();
  await csat.updateSettings("desk", { enabled: true, sendDelay: "immediately" });
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  /** Asks the helpdesk, or CSAT within it, as the owner of a key. */
  async function ask(key: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${origin}${path}`, { headers, ...post });
    return { status: response.status, body: await response.json() };
  }

  /** Opens a ticket of a new customer and answers its id. */
  async function openTicket(email: string | null = "ann@customer.example"): Promise<string> {
    const customer = { name: "Ann", email, language: "en" };
    const { body } = await ask("bob", "/tickets", { subject: "My order", customer });
    return body.id;
  }

  return {
    helpdesk,
    csat,
    lea,
    bob,
    mailbox,
    ask,
    openTicket,
    /** A link of a mail, at the port where the test reaches it. */
    reachable: (link: string) => link.replace("http://desk.example", origin),
    close: async () => {
      await stop();
      await mailbox.close();
      await database.drop();
    },
  };
}
