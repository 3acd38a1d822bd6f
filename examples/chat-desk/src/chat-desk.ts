import { type Clock, createCsat, type Mailer, type Rating, ratings } from "@csat/core";
import { byChannel } from "@csat/core/channels";
import { inProcessScheduler, memoryStorage, memoryTickets } from "@csat/memory";
import type { fakeChat } from "./fake-chat.ts";

type Chat = ReturnType<typeof fakeChat>;

/** Sends a survey as a chat message with five buttons; the link leads to the page, for whoever wants to write more. */
export function chatMailer(chat: Pick<Chat, "post">): Pick<Mailer, "send"> {
  return {
    async send({ to, subject, links }, signal) {
      if (signal.aborted)
        return { kind: "unavailable", error: "aborted before the send", concerns: "recipient" };
      const lines = ratings.map((rating) => `${rating}: ${links[rating]}`);
      const text = [subject, ...lines, `No more of these: ${links.optOut}`].join("\n");
      const status = await chat.post({ address: to.address, text, buttons: ratings.map(String) });
      const error = `HTTP ${status}`;
      if (status === 200) return { kind: "accepted", messageId: null };
      if (status === 404) return { kind: "refused", error };
      return { kind: "unavailable", error, concerns: status === 429 ? "sender" : "route" };
    },
  };
}

/** A helpdesk whose customers write in a chat: its tickets, its surveys, and what it makes of a number. */
export async function chatDesk({ chat, clock }: { readonly chat: Chat; readonly clock: Clock }) {
  const workspaceId = "acme";
  const tickets = memoryTickets();
  const csat = createCsat({
    storage: memoryStorage({ clock }),
    scheduler: inProcessScheduler({ clock }),
    mailer: byChannel({ chat: chatMailer(chat) }),
    tickets,
    publicUrl: "https://help.example.com/csat",
    clock,
  });
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "1_hour" });
  /** The ticket that a customer's next number is about. */
  const lastResolved = new Map<string, string>();

  const reply = (address: string, text: string) => chat.post({ address, text, buttons: [] });

  chat.onWords(async (address, words) => {
    const ticketId = lastResolved.get(address);
    const rating = ratings.find((one: Rating) => `${one}` === words.trim());
    if (ticketId === undefined || rating === undefined) {
      await reply(address, "An operator will read this. To rate our help, send a number from 1 to 5.");
      return;
    }
    const ref = { workspaceId, ticketId };
    const { kind } = await csat.recordAnswer({ ref, rating, channel: "chat", actorId: null });
    await reply(
      address,
      kind === "recorded" ? `Thank you. Your rating: ${rating} of 5.` : "We have your rating.",
    );
  });

  return {
    csat,
    /** An operator resolves a customer's ticket. */
    async resolve(ticketId: string, address: string): Promise<void> {
      const customer = { name: null, email: null, locale: null, channel: "chat", address };
      tickets.put(workspaceId, { ticketId, status: "resolved", subject: "Your question", customer });
      lastResolved.set(address, ticketId);
      const resolvedAt = clock.now();
      await csat.ticketResolved({ workspaceId, ticketId, actorId: "olivia", resolvedAt });
    },
  };
}
