import type { Rating } from "@csat/core";

type Several = readonly [string, ...string[]];

/** What the customers of a seeded history are called. */
export const firstNames: Several = [
  "Maya",
  "Jürgen",
  "Layla",
  "Tom",
  "Ines",
  "Kwame",
  "Sofia",
  "Noah",
  "Yuki",
  "Elif",
  "Pedro",
  "Anna",
];

/** Their other name. */
export const lastNames: Several = [
  "Okafor",
  "Groß",
  "Haddad",
  "Baker",
  "Moreau",
  "Mensah",
  "Rossi",
  "Lindgren",
  "Tanaka",
  "Yılmaz",
  "Silva",
  "Novak",
];

/** What they ask about; `#` becomes a number. */
export const subjects: Several = [
  "Invoice # shows the wrong address",
  "Cannot log in since this morning",
  "Order # has not arrived",
  "How do I add a second user?",
  "Printer # prints everything in green",
  "Refund for order #",
  "The export stops after # rows",
  "Do you ship to Norway?",
  "Password reset mail never comes",
  "Please delete my old account",
  "Charged twice for invoice #",
  "The app crashes when I open report #",
  "Where can I change my plan?",
  "Search finds nothing with umlauts",
];

/** What they write beside a rating. */
export const comments: Readonly<Record<Rating, Several>> = {
  1: ["Nobody understood my question.", "Three days for a one-line answer. Never again!", "Still broken."],
  2: ["It took far too long.", "I had to explain everything twice.", "Half of it works now."],
  3: ["It was okay.", "Solved, but I had to ask again.", "Fine, a bit slow."],
  4: ["Good help, thanks.", "Friendly and clear.", "Quick once somebody looked at it."],
  5: ["Great support, thank you!", "Solved within minutes.", "Best helpdesk I know :-)", "Super freundlich!"],
};
