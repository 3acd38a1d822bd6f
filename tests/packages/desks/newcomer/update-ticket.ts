import { sequelize } from "./database";
import { Ticket, type User } from "./models";

/** Every change of a ticket goes through here: routes, automations, the bot. */
export async function updateTicket(user: User, ticketId: number, change: Partial<Pick<Ticket, "status" | "userId">>) {
  return sequelize.transaction(async (transaction) => {
    const where = { id: ticketId, companyId: user.companyId };
    const ticket = await Ticket.findOne({ where, transaction, lock: true, rejectOnEmpty: true });
    await ticket.update(change, { transaction });
    return ticket;
  });
}
