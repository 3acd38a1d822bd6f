export { fromKnex, type KnexTransaction } from "./transactions/from-knex.ts";
export { fromKysely, type KyselyTransaction } from "./transactions/from-kysely.ts";
export { fromMikroOrm, type MikroOrmEntityManager } from "./transactions/from-mikro-orm.ts";
export { fromMysql2 } from "./transactions/from-mysql2.ts";
export { fromPg } from "./transactions/from-pg.ts";
export { fromPostgresJs, type PostgresJsTransaction } from "./transactions/from-postgres-js.ts";
export { fromPrisma, type PrismaTransaction } from "./transactions/from-prisma.ts";
export { fromSequelize, type SequelizeTransaction } from "./transactions/from-sequelize.ts";
export { fromTypeOrm, type TypeOrmEntityManager } from "./transactions/from-type-orm.ts";
export type { HostStatement, HostTransaction } from "./transactions/host-transaction.ts";
export type {
  Mysql2ConnectionLike,
  Mysql2PromiseConnectionLike,
  PgClientLike,
} from "./transactions/raw-connection.ts";
