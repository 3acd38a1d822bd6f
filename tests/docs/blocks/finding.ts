/** Something wrong on a page: where, counted from 1, and what. */
export interface Finding {
  readonly page: string;
  readonly line: number;
  readonly message: string;
}

/** As editors open it: `README.md:26: …`. */
export function describeFinding({ page, line, message }: Finding): string {
  return `${page}:${line}: ${message}`;
}
