/** What a host tells about a ticket for rules and slices, by name; a set is a list. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;
