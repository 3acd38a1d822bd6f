/** What your database's driver hands out, and what a transaction of the host is. Replace it by your driver's type. */
export interface Connection {
  query(text: string, values: readonly unknown[]): Promise<readonly unknown[]>;
}
