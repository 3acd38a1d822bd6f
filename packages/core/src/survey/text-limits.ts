/**
 * Longest texts of hosts that we keep, mail or show, in characters. Outsiders write names and subjects: no
 * one of them may fill a mail of ours, or our tables.
 */
export const textLimits = {
  customerName: 80,
  ticketSubject: 150,
  workspaceName: 200,
  operatorName: 200,
  /** The address of a ticket's page. */
  url: 2_000,
} as const;
