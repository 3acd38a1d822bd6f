/** A text as one word of a shell: as it is where no shell reads anything into it, else in quotes. */
export function shellWord(text: string): string {
  return /^[\w.:@%+/][\w.:@%+/-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
