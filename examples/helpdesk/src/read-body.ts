import type { Context } from "hono";
import { z } from "zod";
import { refuse } from "./refuse.ts";
import { receiverModes, ticketStatuses } from "./tables/columns.ts";

/** The longest body of any request, in bytes. */
export const maxBodyBytes = 64 * 1024;

// Postgres keeps every character but NUL.
const storable = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes("\u0000"), "must not contain the NUL character");
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);
const attribute = z.union([storable(5_000), z.number(), z.boolean()]);
const ids = z.object({ ids: z.array(z.unknown()).max(1000) });

/** The JSON bodies of the demo's own routes. */
export const bodies = {
  newTicket: z.object({
    subject: storable(5_000).refine((text) => text.trim() !== "", "must not be blank"),
    customer: z.object({
      name: optional(storable(5_000)),
      email: optional(storable(5_000)),
      id: storable(200).nullish(),
      timeZone: storable(200).nullish(),
      channel: storable(200).nullish(),
      address: storable(5_000).nullish(),
    }),
    attributes: z.record(storable(200), z.union([attribute, z.array(attribute).max(1_000)])).nullish(),
    assigneeId: optional(storable(200)),
  }),
  resolve: z.object({ note: optional(storable(20_000)), ask: z.boolean().nullish() }),
  update: z
    .object({ status: z.enum(ticketStatuses).optional(), assigneeId: storable(200).nullish() })
    .refine(
      ({ status, assigneeId }) => status !== undefined || assigneeId !== undefined,
      "must name status or assigneeId",
    ),
  ids,
  merge: z.object({ into: z.string() }),
  seed: z.object({
    tickets: z.int().min(1).max(10_000),
    days: z.int().min(1).max(366),
    seed: z.int().min(0).max(2_147_483_647),
  }),
  advance: z.object({
    ms: z
      .int()
      .min(0)
      .max(10 * 366 * 86_400_000),
  }),
};

// Forms send every line break as CR LF; what people typed is one character.
const typed = (maxLength: number) => storable(maxLength).transform((text) => text.replaceAll("\r\n", "\n"));
const typedOrNull = (maxLength: number) => typed(maxLength).transform((text) => text.trim() || null);
// "//host" and "/\\host" lead to other sites, also with tabs or line ends between; a header takes visible ASCII alone.
const path = z
  .string()
  .max(500)
  .transform((text) => (/^\/(?![/\\])[\x21-\x7e]*$/.test(text) ? text : "/"));

/** The forms of the demo's pages. */
export const forms = {
  newTicket: z.object({
    subject: typed(5_000).refine((text) => text.trim() !== "", "must not be blank"),
    name: typedOrNull(5_000),
    email: typedOrNull(5_000),
  }),
  resolve: z.object({ note: typedOrNull(20_000) }),
  /** `assigneeId` is empty for nobody. */
  update: z.object({ status: z.enum(ticketStatuses).optional(), assigneeId: typedOrNull(200).optional() }),
  /** One checkbox is a string, several are a list, none is missing. */
  bulk: z.object({ ids: z.union([z.array(z.string()).max(1000), z.string()]).default([]) }),
  session: z.object({ user: z.string(), back: path }),
  clock: z.object({
    ms: z.string().regex(/^\d+$/).transform(Number).pipe(bodies.advance.shape.ms),
    back: path,
  }),
  receiver: z.object({ mode: z.enum(receiverModes) }),
};

/** The body by its schema. An empty body counts as `{}`. Refuses with 400 and the places that are wrong. */
export async function readJson<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  return check(schema, parseJson(await context.req.text()));
}

/** A form's fields by a schema for strings. Refuses as `readJson`. */
export async function readForm<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  return check(schema, await parseForm(context));
}

function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    refuse(400, "invalid_input", "The body must be JSON.");
  }
}

async function parseForm(context: Context): Promise<unknown> {
  try {
    return await context.req.parseBody({ all: true });
  } catch {
    refuse(400, "invalid_input", "The body must be a form.");
  }
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  refuse(400, "invalid_input", places.slice(0, 10).join("; "));
}
