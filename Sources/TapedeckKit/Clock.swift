import Dispatch

/// Seconds since the machine started, from a clock that is never set back.
@Sendable package func monotonicSeconds() -> Double {
  Double(DispatchTime.now().uptimeNanoseconds) / 1e9
}
