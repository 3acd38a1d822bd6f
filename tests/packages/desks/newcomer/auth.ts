import { User } from "./models";

/** Whose token that is; null for nobody's. It stands for the signed tokens of real helpdesks. */
export async function userOf(authorization: string | null | undefined): Promise<User | null> {
  const id = /^Bearer user-(\d+)$/.exec(authorization ?? "")?.[1];
  return id === undefined ? null : User.findByPk(Number(id));
}
