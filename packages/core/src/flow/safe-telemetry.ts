import type { Telemetry, TelemetryStep } from "../ports/telemetry.ts";

const untold: TelemetryStep = { trace: null, failed() {} };

const silent: Telemetry = {
  count() {},
  record() {},
  span: (_name, _attributes, work) => work(untold),
};

// The version that W3C has defined, so that what is stored has a length: 55 characters.
const traceparent = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The host's telemetry, or none: whatever it throws, the work is done once and its result or error comes through. */
export function safeTelemetry(given: Telemetry = silent): Telemetry {
  return {
    count: (...figure) => ignoringErrors(() => given.count(...figure)),
    record: (...figure) => ignoringErrors(() => given.record(...figure)),
    span(name, attributes, work, cause = null) {
      let begun: ReturnType<typeof work> | undefined;
      // One written in JavaScript may pass no step.
      const once = (step: TelemetryStep = untold) => {
        begun ??= work(safeStep(step));
        return begun;
      };
      // Not awaited beyond the work: a telemetry that never answers must hold up nothing.
      ignoringErrors(() => void given.span(name, attributes, once, cause).catch(() => {}));
      return once();
    },
  };
}

function safeStep(step: TelemetryStep): TelemetryStep {
  let trace: string | null = null;
  ignoringErrors(() => {
    trace = typeof step.trace === "string" && traceparent.test(step.trace) ? step.trace : null;
  });
  return { trace, failed: (errorType) => ignoringErrors(() => step.failed(errorType)) };
}

function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {
    // A figure is lost, the survey is not.
  }
}
