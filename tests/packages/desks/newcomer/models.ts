import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from "sequelize";
import { sequelize } from "./database";

/** People who write to the companies: by phone, and some have a mail address. */
export class Contact extends Model<InferAttributes<Contact>, InferCreationAttributes<Contact>> {
  declare id: CreationOptional<number>;
  declare name: string;
  declare number: string;
  declare email: string | null;
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

const id = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true };
const { INTEGER, STRING } = DataTypes;
Contact.init({ id, name: STRING, number: STRING, email: STRING }, { sequelize });
User.init({ id, name: STRING, companyId: INTEGER, profile: STRING }, { sequelize });
Ticket.init(
  { id, companyId: INTEGER, contactId: INTEGER, userId: INTEGER, status: STRING, lastMessage: STRING },
  { sequelize },
);
