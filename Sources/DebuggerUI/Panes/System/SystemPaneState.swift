import Localization
import Trace

/// What the system pane keeps: what was measured while it was shown, once a second.
package struct SystemPaneState: StatePart {
  /// A measurement with what the run said then.
  struct Entry: Sendable, Equatable {
    var sample: SystemSample
    /// Steps a second; nil while nothing runs.
    var speed: Double?
    /// **Units**: bytes. The size of the recording; nil where there is none.
    var recordingBytes: Int?
  }

  /// The most measurements that are kept: those of ten minutes.
  static let limit = 600

  /// The measurements, the newest last.
  private(set) var entries: [Entry] = []

  /// Nothing was measured.
  package init() {}

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > SystemPaneState.limit { entries.removeFirst() }
  }
}

extension PaneID {
  /// Processor, memory and speed over time.
  package static let system = PaneID(title: Sentence("System"))
}

extension DebuggerState {
  /// What the system pane keeps.
  package var system: SystemPaneState {
    get { parts[SystemPaneState.self] }
    set { parts[SystemPaneState.self] = newValue }
  }

  /// Whether the system pane is on the screen: only then is anything measured.
  package var showsSystem: Bool { areas[.system].map { !$0.isEmpty } ?? false }

  /// Takes a measurement.
  package mutating func take(_ sample: SystemSample) {
    system.add(
      .init(
        sample: sample, speed: isRunning ? speed.stepsPerSecond : nil, recordingBytes: recording?.byteCount))
  }
}
