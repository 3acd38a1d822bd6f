// The reader's own wiring, for samples that import it.
import type { BullmqScheduler } from "@csat/bullmq";
import type { Csat, Mailer } from "@csat/core";
import type { DrizzleDatabase, DrizzleTx, Executor } from "@csat/postgres";
import type { Transporter } from "nodemailer";
import type { Pool } from "pg";

export declare const csat: Csat<DrizzleTx | Executor>;
export declare const db: DrizzleDatabase;
export declare const mailer: Mailer & { close(): void };
export declare const pool: Pool;
export declare const scheduler: BullmqScheduler;
export declare const transport: Transporter;
