/** Quotes, and all that spreadsheets trim off or nobody sees: it may stand between the beginning of a cell and its formula. */
const unseen = `["\\s\\p{Cc}\\p{Cf}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800]`;

/**
 * Where some spreadsheet begins a cell. Which of the separators counts depends on its language and on what somebody
 * chose at the import, and a quoted cell is torn apart when the separator in front of its quotes is not the chosen one.
 */
const cellBreak = "[,;\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029]";

/** = + - @, and the full-width and small forms that spreadsheets of East Asia take for them. */
const formulaSign = "[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B]";

// The sign comes first, so that only what stands in front of signs is looked at: the time is linear.
const formulas = new RegExp(`${formulaSign}(?<=(?:^|${cellBreak})${unseen}*.)`, "gu");

/** A tab or CR at the beginning hides from some spreadsheets what comes behind it (S55). */
const hiding = /^[\t\r]/;

/**
 * `text` with an apostrophe before whatever a spreadsheet would run as a formula, wherever it may begin a cell: at the
 * start, behind a comma, semicolon or tab, on a new line, each with white space or quotes in between (S55). All else
 * stays as it is.
 */
export function spreadsheetText(text: string): string {
  const neutral = text.replace(formulas, "'$&");
  return hiding.test(neutral) ? `'${neutral}` : neutral;
}
