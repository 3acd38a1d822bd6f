/** Queues: rows live for minutes and change often, so vacuum looks at them after hundreds of changes, not at a fifth of the table. */
export const busyTable =
  "fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0.05";
