import { errorsWithin, fieldOf, hasMethods } from "../error-kind.ts";
import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";

/** What is used of the client that an interactive transaction of Prisma hands over. */
export interface PrismaTransaction {
  $queryRawUnsafe(text: string, ...values: unknown[]): PromiseLike<unknown>;
}

/**
 * The client that `prisma.$transaction(async (tx) => …)` hands over, on Postgres or MySQL.
 * @throws CsatError `invalid_input` for undefined and for the client itself; from the call that it is passed to, when the
 *   transaction has ended
 */
export function fromPrisma(transaction: PrismaTransaction): HostTransaction {
  const refusal = refusalOf("fromPrisma");
  if (transaction === undefined || transaction === null) throw refusal(noneGiven);
  if (hasMethods<{ $connect(): unknown }>(transaction, "$connect")) throw refusal(isDatabase);
  if (!hasMethods<PrismaTransaction>(transaction, "$queryRawUnsafe"))
    throw refusal("this is no transaction of Prisma.");
  return {
    query: async ({ text, values }) => {
      try {
        return await transaction.$queryRawUnsafe(text, ...values);
      } catch (error) {
        // Prisma watches over it by itself, and over its time.
        if (errorsWithin(error).some((one) => fieldOf(one, "code") === "P2028")) throw refusal(ended);
        throw error;
      }
    },
    assertOpen: async () => {},
  };
}
