import {
  fromKnex,
  fromKysely,
  fromMikroOrm,
  fromMysql2,
  fromSequelize,
  fromTypeOrm,
} from "@csat/core/transactions";
import { EntitySchema, MikroORM } from "@mikro-orm/mysql";
import knex from "knex";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { createPool as createPromisePool } from "mysql2/promise";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";
import { type HostLibrary, untyped } from "./host.ts";

/** The libraries that a host on MySQL or MariaDB may have, each at the level that it takes by itself: REPEATABLE READ. */
export const mysqlHosts: readonly HostLibrary[] = [
  {
    name: "fromMysql2 with promises",
    async open(url) {
      const pool = createPromisePool({ uri: url, connectionLimit: 4 });
      return {
        async transaction(work) {
          const connection = await pool.getConnection();
          try {
            await connection.beginTransaction();
            const result = await work(fromMysql2(connection));
            await connection.commit();
            return result;
          } catch (error) {
            await connection.rollback();
            throw error;
          } finally {
            connection.release();
          }
        },
        ofDatabase: () => fromMysql2(pool),
        ofNothing: () => fromMysql2(untyped(undefined)),
        close: () => pool.end(),
      };
    },
  },
  {
    name: "fromMysql2 with callbacks",
    async open(url) {
      const pool = createPool({ uri: url, connectionLimit: 4 });
      return {
        async transaction(work) {
          const lent = await pool.promise().getConnection();
          const { connection } = lent;
          try {
            await lent.beginTransaction();
            const result = await work(fromMysql2(connection));
            await lent.commit();
            return result;
          } catch (error) {
            await lent.rollback();
            throw error;
          } finally {
            lent.release();
          }
        },
        ofDatabase: () => fromMysql2(pool),
        ofNothing: () => fromMysql2(untyped(undefined)),
        close: () => pool.promise().end(),
      };
    },
  },
  {
    name: "fromKysely",
    async open(url) {
      const pool = createPool({ uri: url, connectionLimit: 4 });
      const db = new Kysely<object>({ dialect: new MysqlDialect({ pool }) });
      return {
        transaction: (work) => db.transaction().execute((tx) => work(fromKysely(tx))),
        ofDatabase: () => fromKysely(db),
        ofNothing: () => fromKysely(untyped(undefined)),
        close: () => db.destroy(),
      };
    },
  },
  {
    name: "fromKnex",
    async open(url) {
      const db = knex({ client: "mysql2", connection: url, pool: { min: 0, max: 4 } });
      return {
        transaction: (work) => db.transaction((tx) => work(fromKnex(tx))),
        ofDatabase: () => fromKnex(untyped(db)),
        ofNothing: () => fromKnex(untyped(undefined)),
        close: () => db.destroy(),
      };
    },
  },
  {
    name: "fromSequelize",
    async open(url) {
      const sequelize = new Sequelize(url, { dialect: "mysql", logging: false, pool: { max: 4 } });
      return {
        transaction: (work) => sequelize.transaction((tx) => work(fromSequelize(tx))),
        ofDatabase: () => fromSequelize(untyped(sequelize)),
        ofNothing: () => fromSequelize(untyped(undefined)),
        close: () => sequelize.close(),
      };
    },
  },
  {
    name: "fromTypeOrm",
    async open(url) {
      const source = await new DataSource({ type: "mysql", url, poolSize: 4 }).initialize();
      return {
        transaction: (work) => source.transaction((manager) => work(fromTypeOrm(manager))),
        ofDatabase: () => fromTypeOrm(source.manager),
        ofNothing: () => fromTypeOrm(untyped(undefined)),
        close: () => source.destroy(),
      };
    },
  },
  {
    name: "fromMikroOrm",
    async open(url) {
      const Ticket = new EntitySchema<{ id: string }>({
        name: "Ticket",
        properties: { id: { type: "string", primary: true } },
      });
      const orm = await MikroORM.init({ clientUrl: url, entities: [Ticket], pool: { min: 0, max: 4 } });
      return {
        transaction: (work) => orm.em.fork().transactional((em) => work(fromMikroOrm(em))),
        ofDatabase: () => fromMikroOrm(orm.em.fork()),
        ofNothing: () => fromMikroOrm(untyped(undefined)),
        close: () => orm.close(),
      };
    },
  },
];
