import DebuggerUI
import Foundation
import Trace

/// Measures once a second what the run uses of the machine, while the system pane is shown and not otherwise.
///
/// It reads what the system knows of the processes, on the thread of the screen: training does not notice it.
struct SystemSampler {
  private static let interval = Duration.seconds(1)

  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?
  private var (own, script): (ProcessorClock, ProcessorClock) = (ProcessorClock(), ProcessorClock())

  /// When the next measurement is due; nil where the pane is not shown.
  func due(_ state: DebuggerState) -> ContinuousClock.Instant? {
    guard state.showsSystem else { return nil }
    return last.map { $0 + SystemSampler.interval } ?? clock.now
  }

  /// Measures, if that is due.
  mutating func sample(into state: inout DebuggerState, _ run: any RunConnection) {
    guard let due = due(state), due <= clock.now, let use = ProcessUse.own else { return }
    let now = clock.now
    let watched = run.watchedProcess()
    let used = watched.flatMap { ProcessUse(of: $0.id) }
    state.take(
      SystemSample(
        own: own.process(use, at: now), script: used.map { script.process($0, at: now) },
        devices: watched?.devices ?? [],
        processorCount: ProcessInfo.processInfo.activeProcessorCount))
    last = now
  }
}

/// Turns the processor time of a process into the processors that it keeps busy.
private struct ProcessorClock {
  /// **Units**: seconds from one measurement to the next at most.
  private static let longest = 5.0

  private var last: (seconds: Double, time: ContinuousClock.Instant)?

  init() {}

  mutating func process(_ use: ProcessUse, at time: ContinuousClock.Instant) -> SystemSample.Process {
    defer { last = (use.processorSeconds, time) }
    let processors = last.flatMap { last -> Double? in
      let seconds = (time - last.time) / .seconds(1)
      // What was used while the pane was away says nothing of now.
      guard seconds < ProcessorClock.longest else { return nil }
      return max(0, use.processorSeconds - last.seconds) / max(1e-3, seconds)
    }
    return SystemSample.Process(processors: processors, resident: use.resident, threads: use.threads)
  }
}
