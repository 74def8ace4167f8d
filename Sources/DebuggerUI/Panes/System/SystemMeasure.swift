import Localization
import Numbers
import TerminalUI
import Trace

/// One measure over time, as the system pane shows it.
struct SystemMeasure {
  var name: String
  /// The newest value in words.
  var text: String
  var values: [Double?]
  /// What a full column stands for.
  var top: Double
  var color: Color

  /// The measures of which there is anything, the most important first.
  static func all(_ entries: [SystemPaneState.Entry]) -> [SystemMeasure] {
    let hasScript = entries.contains { $0.sample.script != nil }
    let run: (SystemPaneState.Entry) -> SystemSample.Process? = {
      hasScript ? $0.sample.script : $0.sample.own
    }
    var all = [
      processors(hasScript ? localized("script") : localized("processor"), entries, of: run),
      memory(localized("memory"), entries) { run($0)?.resident },
    ]
    all += devices(entries)
    all += [
      speed(entries), recording(entries),
      count(localized("threads"), entries) { run($0)?.threads },
    ]
    if hasScript {
      all += [
        processors("Tapedeck", entries) { $0.sample.own },
        memory(localized("its memory"), entries) { $0.sample.own.resident },
      ]
    }
    return all.compactMap(\.self)
  }

  private static func measure(
    _ name: String, _ entries: [SystemPaneState.Entry], color: Int, top least: Double = 0,
    _ value: (SystemPaneState.Entry) -> Double?, _ text: (Double) -> String
  ) -> SystemMeasure? {
    let values = entries.map(value)
    guard let greatest = values.compactMap(\.self).max() else { return nil }
    let newest = (values.last ?? nil).map(text) ?? "–"
    return SystemMeasure(
      name: name, text: newest, values: values, top: max(least, greatest), color: Accents.series[color])
  }

  /// The share of one processor that is used, of that of all; it is known from the second measurement on.
  private static func processors(
    _ name: String, _ entries: [SystemPaneState.Entry],
    of process: (SystemPaneState.Entry) -> SystemSample.Process?
  ) -> SystemMeasure? {
    guard entries.contains(where: { process($0) != nil }) else { return nil }
    func percent(_ share: Double) -> String { "\(NumberText.fixed(share * 100, decimals: 0)) %" }
    let values = entries.map { process($0)?.processors }
    var text = (values.last ?? nil).map(percent) ?? "–"
    if let count = entries.last?.sample.processorCount {
      text = localized("\(text) of \(percent(Double(count)))")
    }
    return SystemMeasure(
      name: name, text: text, values: values, top: max(1, values.compactMap(\.self).max() ?? 0),
      color: Accents.series[0])
  }

  private static func memory(
    _ name: String, _ entries: [SystemPaneState.Entry], _ value: (SystemPaneState.Entry) -> Int?
  ) -> SystemMeasure? {
    measure(name, entries, color: 1, { value($0).map(Double.init) }, bytes)
  }

  private static func bytes(_ value: Double) -> String { NumberText.bytes(Int(value)) }

  private static func count(
    _ name: String, _ entries: [SystemPaneState.Entry], _ value: (SystemPaneState.Entry) -> Int?
  ) -> SystemMeasure? {
    measure(name, entries, color: 3, { value($0).map(Double.init) }, { NumberText.grouped(Int($0)) })
  }

  private static func speed(_ entries: [SystemPaneState.Entry]) -> SystemMeasure? {
    measure(localized("steps/s"), entries, color: 2, \.speed) { NumberText.measure($0) }
  }

  /// The size of the recording, and how fast it grows.
  private static func recording(_ entries: [SystemPaneState.Entry]) -> SystemMeasure? {
    var found = measure(
      localized("recording"), entries, color: 4, { $0.recordingBytes.map(Double.init) }, bytes)
    let window = entries.suffix(growthWindow)
    if let first = window.first?.recordingBytes, let last = window.last?.recordingBytes, window.count > 1 {
      found?.text += " +\(NumberText.bytes(max(0, last - first) / (window.count - 1)))/s"
    }
    return found
  }

  /// Over how many measurements growth is told.
  private static let growthWindow = 10

  /// A row for each device; full is what the device has, where that is known.
  private static func devices(_ entries: [SystemPaneState.Entry]) -> [SystemMeasure?] {
    var names: [String] = []
    for device in entries.flatMap(\.sample.devices) where !names.contains(device.device) {
      names.append(device.device)
    }
    return names.map { name in
      func device(_ entry: SystemPaneState.Entry) -> DeviceMemory? {
        entry.sample.devices.first { $0.device == name }
      }
      let total = entries.compactMap { device($0)?.total }.last
      return measure(
        name, entries, color: 5, top: total.map(Double.init) ?? 0,
        { device($0).map { Double($0.allocated) } },
        { value in
          total.map { localized("\(bytes(value)) of \(NumberText.bytes($0))") } ?? bytes(value)
        })
    }
  }
}
