import Foundation
import GRDB
import Recording
import TapedeckKit

/// A folder for one test; it goes with this.
final class RecordingsFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "recordings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  /// Records a run of these settings to its end.
  @discardableResult
  func record(_ name: String, _ settings: TrainSettings, events: [RunEvent] = []) throws -> String {
    let writer = try RecordingWriter(path: path(name))
    let plan = RecordingPlan(
      recorder: writer, settings: settings.recorded, program: "tapedeck", machine: "this machine")
    _ = try HeadlessRecordingRun(
      .live { try settings.makeExperiment() }, recording: plan, now: monotonicSeconds
    )
    .run(began: { _ in }, report: { _ in })
    writer.record(events.map { .event($0) })
    writer.finish()
    return path(name)
  }
}

/// Changes rows of a file with SQL.
func execute(_ path: String, _ statements: [String]) throws {
  let queue = try DatabaseQueue(path: path)
  try queue.writeWithoutTransaction { database in
    for statement in statements { try database.execute(sql: statement) }
  }
  try queue.close()
}

extension TrainSettings {
  /// Points in the plane, a network of three small layers, and a few epochs.
  static func xor(epochs: Int = 3, seed: UInt64 = 42) -> TrainSettings {
    var settings = TrainSettings(data: .toy(.xor))
    (settings.epochs, settings.seed) = (epochs, seed)
    return settings
  }
}
