import { startServer } from "./server.ts";

const { origin } = await startServer({ port: Number(process.env.PORT ?? 5173) });
console.log(`Open ${origin}`);
