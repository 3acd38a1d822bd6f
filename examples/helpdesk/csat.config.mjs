import { commandConfig } from "./src/csat-command.ts";

export default await commandConfig(process.env);
