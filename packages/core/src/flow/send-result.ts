/** What became of one claimed survey; `lost` means that the lease was lost or given back, and nothing was done. */
export type SendResult = "sent" | "skipped" | "failed" | "lost";
