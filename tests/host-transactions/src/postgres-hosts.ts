import {
  fromKnex,
  fromKysely,
  fromMikroOrm,
  fromPg,
  fromPostgresJs,
  fromSequelize,
  fromTypeOrm,
  type HostTransaction,
} from "@csat/core/transactions";
import { EntitySchema, IsolationLevel, MikroORM } from "@mikro-orm/postgresql";
import knex from "knex";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import postgres from "postgres";
import { Sequelize, Transaction } from "sequelize";
import { DataSource } from "typeorm";
import { type HostLibrary, untyped } from "./host.ts";

const openPool = (url: string) => {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Dropping the database may end a connection that is idle.
  pool.on("error", () => {});
  return pool;
};

/** The libraries that a host on Postgres may have. */
export const postgresHosts: readonly HostLibrary[] = [
  {
    name: "fromPg",
    async open(url) {
      const pool = openPool(url);
      return {
        async transaction(work, level) {
          const client = await pool.connect();
          try {
            await client.query(level === undefined ? "begin" : `begin isolation level ${level}`);
            const result = await work(fromPg(client));
            await client.query("commit");
            return result;
          } catch (error) {
            await client.query("rollback");
            throw error;
          } finally {
            client.release();
          }
        },
        ofDatabase: () => fromPg(pool),
        ofNothing: () => fromPg(untyped(undefined)),
        close: () => pool.end(),
      };
    },
  },
  {
    name: "fromPostgresJs",
    async open(url) {
      const sql = postgres(url, { max: 4, onnotice: () => {} });
      return {
        transaction: <Result>(work: (tx: HostTransaction) => Promise<Result>, level = "read committed") =>
          // `begin` unwraps arrays of promises, which no work here answers.
          sql.begin(`isolation level ${level}`, (tx) => work(fromPostgresJs(tx))) as Promise<Result>,
        ofDatabase: () => fromPostgresJs(sql),
        ofNothing: () => fromPostgresJs(untyped(undefined)),
        close: () => sql.end(),
      };
    },
  },
  {
    name: "fromKysely",
    async open(url) {
      const db = new Kysely<object>({ dialect: new PostgresDialect({ pool: openPool(url) }) });
      return {
        transaction: (work, level = untyped("read committed")) =>
          db
            .transaction()
            .setIsolationLevel(level)
            .execute((tx) => work(fromKysely(tx))),
        ofDatabase: () => fromKysely(db),
        ofNothing: () => fromKysely(untyped(undefined)),
        close: () => db.destroy(),
      };
    },
  },
  {
    name: "fromKnex",
    async open(url) {
      const db = knex({ client: "pg", connection: url, pool: { min: 0, max: 4 } });
      return {
        transaction: (work, level) =>
          db.transaction((tx) => work(fromKnex(tx)), level === undefined ? {} : { isolationLevel: level }),
        ofDatabase: () => fromKnex(untyped(db)),
        ofNothing: () => fromKnex(untyped(undefined)),
        close: () => db.destroy(),
      };
    },
  },
  {
    name: "fromSequelize",
    async open(url) {
      const sequelize = new Sequelize(url, { logging: false, pool: { max: 4 } });
      return {
        transaction: (work, level) =>
          sequelize.transaction(
            level === undefined ? {} : { isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE },
            (tx) => work(fromSequelize(tx)),
          ),
        ofDatabase: () => fromSequelize(untyped(sequelize)),
        ofNothing: () => fromSequelize(untyped(undefined)),
        close: () => sequelize.close(),
      };
    },
  },
  {
    name: "fromTypeOrm",
    async open(url) {
      const source = await new DataSource({ type: "postgres", url, poolSize: 4 }).initialize();
      return {
        transaction: (work, level) =>
          source.transaction(level === undefined ? "READ COMMITTED" : "SERIALIZABLE", (manager) =>
            work(fromTypeOrm(manager)),
          ),
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
        transaction: (work, level) =>
          orm.em
            .fork()
            .transactional(
              (em) => work(fromMikroOrm(em)),
              level === undefined ? {} : { isolationLevel: IsolationLevel.SERIALIZABLE },
            ),
        ofDatabase: () => fromMikroOrm(orm.em.fork()),
        ofNothing: () => fromMikroOrm(untyped(undefined)),
        close: () => orm.close(),
      };
    },
  },
];
