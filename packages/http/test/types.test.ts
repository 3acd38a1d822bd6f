import type { Csat } from "@csat/core";
import { createHandler, type HandlerOptions } from "@csat/http";
import { expectTypeOf, test } from "vitest";

interface HostTransaction {
  execute(statement: string): Promise<unknown>;
}

test("a Csat over any storage fits, with host transactions or without", () => {
  // Only the types are looked at; nothing of it is called.
  expectTypeOf(createHandler).toBeCallableWith({} as Csat<HostTransaction>, {} as HandlerOptions);
  // Likewise.
  expectTypeOf(createHandler).toBeCallableWith({} as Csat, {} as HandlerOptions);
  expectTypeOf(createHandler).returns.toEqualTypeOf<(request: Request) => Promise<Response>>();
});
