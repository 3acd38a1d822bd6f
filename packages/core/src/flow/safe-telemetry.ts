import type { Telemetry } from "../ports/telemetry.ts";

const silent: Telemetry = {
  count() {},
  record() {},
  span: (_name, _attributes, work) => work(),
};

/** The host's telemetry, or none: whatever it throws, the work is done once and its result or error comes through. */
export function safeTelemetry(given: Telemetry = silent): Telemetry {
  return {
    count: (...figure) => ignoringErrors(() => given.count(...figure)),
    record: (...figure) => ignoringErrors(() => given.record(...figure)),
    span(name, attributes, work) {
      let begun: ReturnType<typeof work> | undefined;
      const once = () => {
        begun ??= work();
        return begun;
      };
      // Not awaited beyond the work: a telemetry that never answers must hold up nothing.
      ignoringErrors(() => void given.span(name, attributes, once).catch(() => {}));
      return once();
    },
  };
}

function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {
    // A figure is lost, the survey is not.
  }
}
