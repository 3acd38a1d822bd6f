import { expectTypeOf, test } from "vitest";
import type {
  CsatErrorEvent,
  CsatNavigateEvent,
  CsatView,
  CsatViewAttributes,
} from "../../src/browser/element.ts";

test("TypeScript knows the element by its tag, and its events by their names", () => {
  expectTypeOf<HTMLElementTagNameMap["csat-view"]>().toEqualTypeOf<CsatView>();
  expectTypeOf<HTMLElementEventMap["csat-navigate"]>().toEqualTypeOf<CsatNavigateEvent>();
  expectTypeOf<DocumentEventMap["csat-error"]>().toEqualTypeOf<CsatErrorEvent>();
});

test("markup may give what the element's property takes", () => {
  expectTypeOf<CsatView["headers"]>().toEqualTypeOf<Exclude<CsatViewAttributes["headers"], undefined>>();
});
