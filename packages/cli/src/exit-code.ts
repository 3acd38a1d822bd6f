/**
 * 0: done, and all is well. 1: done, and the answer is no: findings, a ticket nobody knows, a mail that was not taken.
 * 2: not done: wrong arguments, no config, a database that failed.
 */
export const exitCodes = { fine: 0, findings: 1, failed: 2 } as const;

/** How a command ended, as the shell sees it. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
