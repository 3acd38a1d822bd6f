import { createPool, type Pool } from "mysql2/promise";

/** Opens a pool of up to `size` connections, whose sessions run in that zone (`+13:00`) where one is named. */
export function openPool(
  url: string,
  { size = 10, zone }: { readonly size?: number; readonly zone?: string } = {},
): Pool {
  const pool = createPool({ uri: url, connectionLimit: size });
  if (zone !== undefined)
    // The pool hands a new connection on in the same turn; statements queue behind this one.
    pool.pool.on("connection", (connection) => {
      connection.query(`set time_zone = '${zone}'`);
    });
  return pool;
}

/** How far a zone was ahead of UTC in the week of the kit's cases: servers know names only where somebody loaded them. */
export function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(
    new Date("2026-03-03T12:00:00Z"),
  );
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "+00:00" : name.slice("GMT".length);
}
