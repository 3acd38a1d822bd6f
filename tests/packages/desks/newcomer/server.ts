import { app } from "./app";
import { sequelize } from "./database";
import { Contact, Ticket, User } from "./models";

async function start() {
  await sequelize.sync();
  if ((await User.count()) === 0) {
    const bruno = await User.create({ name: "Bruno", companyId: 1, profile: "admin" });
    const ana = await Contact.create({ name: "Ana", number: "+55 11 5555 0100", email: "ana@customer.example" });
    const beto = await Contact.create({ name: "Beto", number: "+55 11 5555 0101", email: null });
    for (const { id: contactId, name } of [ana, beto])
      await Ticket.create({
        companyId: 1,
        contactId,
        userId: bruno.id,
        status: "open",
        lastMessage: `${name}'s order has not arrived`,
      });
  }
  app.listen(8080, () => console.log("The helpdesk listens on 8080."));
}

start().catch((error) => {
  console.error(error);
  process.exit(1);
});
