import { once } from "events";
import { createServer } from "http";
import { createPool } from "mysql2/promise";
import type { AddressInfo } from "net";
import { Sequelize } from "sequelize";
import { addCsat } from "./csat";
import { Contact, openDesk, Ticket, User } from "./desk";

/** A ticket is closed in vain, closed, surveyed by chat, and answered: in words, for whoever compares them. */
export async function story(databaseUrl: string): Promise<string> {
  const messages: { readonly to: string; readonly text: string }[] = [];
  let arrived: () => void = () => {};
  const message = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const sequelize = new Sequelize(databaseUrl, { dialect: "mysql", logging: false });
  const pool = createPool(databaseUrl);
  const desk = await openDesk(sequelize, async (sent) => {
    messages.push(sent);
    arrived();
  });
  const server = createServer(desk.app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { csat, worker } = await addCsat(desk, pool, `${base}/csat`);
  try {
    await csat.updateSettings("desk", { enabled: true, sendDelay: "immediately" });
    const contact = await Contact.create({ name: "Ana", number: "+55 11 5555 0100" });
    const user = await User.create({ name: "Bruno", profile: "admin" });
    const ticket = await Ticket.create({
      contactId: contact.id,
      userId: null,
      status: "open",
      lastMessage: "My order",
    });
    const ref = { workspaceId: "desk", ticketId: String(ticket.id) };
    desk.listeners.push(async () => {
      throw new Error("the desk thinks better of it");
    });
    const inVain = await desk.changeStatus(ticket.id, { status: "closed", userId: user.id }).catch(() => "refused");
    desk.listeners.pop();
    const nothing = (await csat.explain(ref)).length;
    const closed = await fetch(`${base}/tickets/${ticket.id}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ status: "closed", userId: user.id }),
    });
    await message;
    const [{ to, text } = { to: "", text: "" }] = messages;
    const link = /http\S+rating=5/.exec(text);
    const answered = await fetch(link === null ? base : link[0], {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "rating=5&comment=Obrigada",
    });
    const panel = await csat.getTicketPanel(ref);
    const rating = panel.state === "answered" ? panel.response.rating : null;
    return `${inVain}, ${nothing} entries; closed ${closed.status}; to ${to}; answered ${answered.status}, rating ${rating}`;
  } finally {
    await worker.stop();
    server.close();
    await sequelize.close();
    await pool.end();
  }
}
