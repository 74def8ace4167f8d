import Foundation
import Glibc
import Recording
import TapedeckKit
import Testing

/// Damaged recordings give a clear error or are opened in part; nothing traps, swells or hangs.
///
/// `RECORDING_FUZZ_COUNT=50000 swift test -c release --filter RecordingFuzzTests` reads as many, from
/// `RECORDING_FUZZ_FIRST` on, and prints figures; each file is a function of its number.
struct RecordingFuzzTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private static let count = setting("RECORDING_FUZZ_COUNT")
  private static let first = setting("RECORDING_FUZZ_FIRST") ?? 0

  @Test func damagedRecordingsAreRefusedOrReadInPart() throws {
    let folder = try RecordingsFolder()
    let originals = try RecordingFuzzTests.originals(folder)
    let (path, count) = (folder.path("damaged"), Self.count ?? 500)
    var figures = (refused: 0, partial: 0, whole: 0)
    var longest = (seconds: 0.0, file: 0)
    for number in Self.first..<Self.first + count {
      var mutator = RecordingMutator(seed: UInt64(number))
      // What is done with a file goes by its number too, and is to meet every original.
      let original = originals[number / 8 % originals.count]
      try mutator.mutate((original.file, original.log), to: path)
      if Self.count != nil {
        try "\(number)".write(toFile: folder.path("number"), atomically: false, encoding: .utf8)
      }
      var depth: RecordingReading.Depth = []
      if number % 4 == 0 { depth.insert(.repair) }
      if number % 8 == 1 { depth.insert(.replay) }
      if number % 8 == 2 { depth.insert(.difference) }
      if number % 8 == 3 { depth.insert(.resume) }
      let begun = monotonicSeconds()
      do {
        switch try RecordingReading(path: path, other: original.path).read(depth) {
        case .refused: figures.refused += 1
        case .partial: figures.partial += 1
        case .whole: figures.whole += 1
        }
      } catch {
        Issue.record("file \(number) threw \(error)")
      }
      let seconds = monotonicSeconds() - begun
      if seconds > longest.seconds { longest = (seconds, number) }
      if Self.count != nil, (number + 1) % 1_000 == 0 {
        print("\(number + 1): \(figures), longest \(longest), peak \(Self.peakMegabytes) MB")
      }
    }
    #expect(figures.refused > count / 20 && figures.partial > count / 20)
    if Self.count != nil {
      // Alone in its process, nothing else counts.
      #expect(Self.peakMegabytes < 1_000)
      print("done: \(figures), longest \(longest), peak \(Self.peakMegabytes) MB")
    }
  }

  /// Some of what may have happened in a run, at steps that all have.
  private static let events = [
    RunEvent(.note, at: Position(step: 3, phase: .loss, node: 0), "a note"),
    RunEvent(
      .change, at: Position(step: 9, phase: .update, node: 1), "lr 0.1 → 0.05",
      change: .hyperparameter(name: "lr", value: 0.05)),
    RunEvent(
      .change, at: Position(step: 17, phase: .backward, node: 0), "fc1.weight[0, 1] 0.5 → 0.25",
      change: .cell(parameter: "fc1.weight", index: [0, 1], value: 0.25)),
    RunEvent(
      .change, at: Position(step: 19, phase: .batch, node: 0), "gradients add up",
      change: .zeroGrad(false)),
  ]

  /// Whole recordings to damage: of two experiments, and one whose writer was killed.
  private static func originals(
    _ folder: RecordingsFolder
  ) throws -> [(path: String, file: [UInt8], log: [UInt8])] {
    var digits = TrainSettings()
    (digits.epochs, digits.layers) = (1, [64, 4, 10])
    var adam = TrainSettings(data: .toy(.spiral), optimizer: .adam)
    adam.epochs = 2
    var originals = try [("xor", TrainSettings.xor()), ("digits", digits), ("spiral", adam)].map {
      name, settings in
      let path = try folder.record(name, settings, events: events)
      return (path, [UInt8](try Data(contentsOf: URL(filePath: path))), [UInt8]())
    }
    let path = folder.path("killed")
    let settings = TrainSettings.xor()
    let writer = try RecordingWriter(path: path)
    let plan = RecordingPlan(recorder: writer, settings: settings.recorded, machine: "this machine")
    _ = try HeadlessRecordingRun(
      .live { try settings.makeExperiment() }, recording: plan, now: monotonicSeconds
    )
    .run(began: { _ in }, report: { _ in })
    writer.flush()
    originals.append(
      (
        originals[0].0, [UInt8](try Data(contentsOf: URL(filePath: path))),
        [UInt8](try Data(contentsOf: URL(filePath: path + "-wal")))
      ))
    writer.finish()
    return originals.map { (path: $0.0, file: $0.1, log: $0.2) }
  }

  /// **Units**: megabytes. The most memory that this process had.
  private static var peakMegabytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1_024
  }
}
