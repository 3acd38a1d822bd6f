// What a terminal obeys (C0 and C1, but for the line feed), and the marks that turn the reading direction around.
const unsafe = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** The text without anything that a terminal obeys: such characters become `\u001b` and the like. Line feeds stay. */
export function plainText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
