import express, { type Express, json } from "express";
import { DataTypes, Model, type Sequelize, type Transaction } from "sequelize";

/** People who write in. */
export class Contact extends Model {
  public id!: number;
  public name!: string;
  public number!: string;
}

/** People who answer. */
export class User extends Model {
  public id!: number;
  public name!: string;
  public profile!: "admin" | "user";
}

/** A conversation; `closed` is what others call resolved. */
export class Ticket extends Model {
  public id!: number;
  public contactId!: number;
  public userId!: number | null;
  public status!: "pending" | "open" | "closed";
  public lastMessage!: string;
}

/** Told of every change of a ticket's status, in the transaction that makes it. */
export type StatusListener = (ticket: Ticket, transaction: Transaction) => Promise<() => Promise<void>>;

/** Sends a message to somebody's phone. */
export type Chat = (message: { to: string; text: string }) => Promise<void>;

/** A chat helpdesk of one company that has never heard of surveys. */
export interface Desk {
  app: Express;
  sequelize: Sequelize;
  chat: Chat;
  listeners: StatusListener[];
  changeStatus(ticketId: number, change: { status: Ticket["status"]; userId: number }): Promise<void>;
}

/** Makes the tables of the helpdesk and its one route. */
export async function openDesk(sequelize: Sequelize, chat: Chat): Promise<Desk> {
  const id = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true };
  Contact.init({ id, name: DataTypes.STRING, number: DataTypes.STRING }, { sequelize });
  User.init({ id, name: DataTypes.STRING, profile: DataTypes.STRING }, { sequelize });
  const numbers = { contactId: DataTypes.INTEGER, userId: DataTypes.INTEGER };
  Ticket.init({ id, ...numbers, status: DataTypes.STRING, lastMessage: DataTypes.STRING }, { sequelize });
  await sequelize.sync();
  const listeners: StatusListener[] = [];
  const changeStatus: Desk["changeStatus"] = async (ticketId, { status, userId }) => {
    const afterwards = await sequelize.transaction(async (transaction) => {
      const ticket = await Ticket.findByPk(ticketId, { transaction, rejectOnEmpty: true });
      await ticket.update({ status, userId }, { transaction });
      const told: (() => Promise<void>)[] = [];
      for (const listener of listeners) told.push(await listener(ticket, transaction));
      return told;
    });
    for (const one of afterwards) await one();
  };
  const app = express();
  app.put("/tickets/:ticketId", json(), (request, response, next) => {
    changeStatus(Number(request.params.ticketId), request.body).then(() => response.json({}), next);
  });
  return { app, sequelize, chat, listeners, changeStatus };
}
