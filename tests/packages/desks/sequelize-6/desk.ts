import express, { type Express } from "express";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
  type Transaction,
} from "sequelize";

/** People who write to the companies. */
export class Contact extends Model<InferAttributes<Contact>, InferCreationAttributes<Contact>> {
  declare id: CreationOptional<number>;
  declare name: string;
  declare number: string;
}

/** People who answer. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<number>;
  declare name: string;
  declare companyId: number;
  declare profile: "admin" | "user";
}

/** A conversation; `closed` is what others call resolved. */
export class Ticket extends Model<InferAttributes<Ticket>, InferCreationAttributes<Ticket>> {
  declare id: CreationOptional<number>;
  declare companyId: number;
  declare contactId: number;
  declare userId: number | null;
  declare status: "pending" | "open" | "closed";
  declare lastMessage: string;
}

/** Told of every change of a ticket's status, in the transaction that makes it. */
export type StatusListener = (ticket: Ticket, transaction: Transaction) => Promise<() => Promise<void>>;

/** Sends a message to somebody's phone. */
export type Chat = (message: { readonly to: string; readonly text: string }) => Promise<void>;

/** A chat helpdesk that has never heard of surveys. */
export interface Desk {
  readonly app: Express;
  readonly sequelize: Sequelize;
  readonly chat: Chat;
  readonly listeners: StatusListener[];
  changeStatus(ticketId: number, change: { readonly status: Ticket["status"]; readonly userId: number }): Promise<void>;
}

/** Makes the tables of the helpdesk and its one route. */
export async function openDesk(sequelize: Sequelize, chat: Chat): Promise<Desk> {
  const id = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true };
  Contact.init({ id, name: DataTypes.STRING, number: DataTypes.STRING }, { sequelize });
  User.init({ id, name: DataTypes.STRING, companyId: DataTypes.INTEGER, profile: DataTypes.STRING }, { sequelize });
  Ticket.init(
    {
      id,
      companyId: DataTypes.INTEGER,
      contactId: DataTypes.INTEGER,
      userId: DataTypes.INTEGER,
      status: DataTypes.STRING,
      lastMessage: DataTypes.STRING,
    },
    { sequelize },
  );
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
  app.put("/tickets/:ticketId", express.json(), (request, response, next) => {
    changeStatus(Number(request.params.ticketId), request.body).then(() => response.json({}), next);
  });
  return { app, sequelize, chat, listeners, changeStatus };
}
