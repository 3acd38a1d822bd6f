import { Pool } from "pg";

/**
 * Opens a pool of up to `size` connections. `pool.end()` resolves before the server has let go of them, so dropping the
 * database may still end one; that is no error of any test.
 */
export function openPool(url: string, size = 10): Pool {
  const pool = new Pool({ connectionString: url, max: size });
  const ignore = (): void => {};
  pool.on("connect", (client) => client.on("error", ignore));
  pool.on("error", ignore);
  return pool;
}
