export type { Connection } from "./connection.ts";
export { myStorage } from "./storage.ts";
