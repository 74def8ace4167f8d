import DebuggerUI
import Foundation
import Recording
import TapedeckKit
import Testing

/// What the list of recordings reads of files.
struct RunReadingTests {
  private static let sessions = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sessions")

  /// A folder with a whole recording, one that was cut short, one with other bytes and one in a folder.
  private func folder() throws -> RecordingsFolder {
    let folder = try RecordingsFolder()
    let whole = try Data(contentsOf: RunReadingTests.sessions.appending(path: "xor.tapedeck"))
    try FileManager.default.createDirectory(
      atPath: folder.path("deep"), withIntermediateDirectories: true)
    try whole.write(to: URL(filePath: folder.path("whole.tapedeck")))
    try whole.write(to: URL(filePath: folder.path("deep/other.tapedeck")))
    try whole.prefix(100_000).write(to: URL(filePath: folder.path("cut.tapedeck")))
    try Data("text".utf8).write(to: URL(filePath: folder.path("text.tapedeck")))
    try Data().write(to: URL(filePath: folder.path("empty.tapedeck")))
    try Data("no recording".utf8).write(to: URL(filePath: folder.path("notes.txt")))
    return folder
  }

  private func runs(_ folder: RecordingsFolder, recursive: Bool = false) throws -> [RunSummary] {
    try RecordingFolder(path: folder.path(""), isRecursive: recursive).files().map(RunReading.summary)
  }

  @Test func eachFileIsARowWithItsState() throws {
    let runs = try runs(folder())
    #expect(runs.map(\.name) == ["cut", "empty", "text", "whole"])
    #expect(runs.map(\.state) == [.damaged, .unreadable, .damaged, .finished])
    #expect(runs.allSatisfy { ($0.problem == nil) == ($0.state == .finished) })
    #expect(try #require(runs[0].problem).hasSuffix("'tapedeck repair' saves what can be read."))
  }

  @Test func aRecordingSaysWhatWasChosenAndHowItWent() throws {
    let run = try #require(runs(folder()).last)
    #expect(run.data == "xor" && run.optimizer == "sgd" && !run.isScript && run.seed == 42)
    #expect(run.steps == 380 && run.epochs == 20 && run.learningRate == 0.1 && run.batchSize == 32)
    #expect(run.loss.map { $0 > 0 } == true && run.validationLoss != nil && run.accuracy != nil)
    #expect(run.epochResults.count == 20 && run.begun > 0 && run.byteCount > 100_000)
    #expect(run.settings.contains(.init("--lr", "0.1")))
  }

  @Test func foldersInTheFolderAreLookedThroughIfAskedFor() throws {
    let folder = try folder()
    #expect(try runs(folder, recursive: true).map(\.name).contains("deep/other"))
    #expect(throws: RecordingFolderError.missing(path: "/nowhere/at/all")) {
      _ = try RecordingFolder(path: "/nowhere/at/all", isRecursive: false).files()
    }
    #expect(throws: RecordingFolderError.self) {
      _ = try RecordingFolder(path: folder.path("notes.txt"), isRecursive: false).files()
    }
  }

  @Test func aCurveIsThinnedWithItsEnds() throws {
    let folder = try folder()
    let detail = try #require(RunReading.detail(path: folder.path("whole.tapedeck")))
    #expect(detail.points.first?.step == 1 && detail.points.last?.step == 380)
    #expect(detail.points.count <= 1_000 && detail.changes == nil)
    #expect(RunReading.detail(path: folder.path("text.tapedeck")) == nil)
  }

  @Test func aRunThatIsBeingWrittenIsSaidToBe() throws {
    let folder = try RecordingsFolder()
    let writer = try RecordingWriter(path: folder.path("now.tapedeck"))
    let file = try #require(RecordingFolder(path: folder.path(""), isRecursive: false).files().first)
    #expect(file.stamp.isBeingWritten)
    #expect(RunReading.summary(file).state == .beingWritten)
    writer.finish()
  }

  @Test func aFileThatGrowsHasAnotherStamp() throws {
    let folder = try folder()
    let path = folder.path("text.tapedeck")
    let before = try #require(RecordingStamp(path: path))
    #expect(RecordingStamp(path: path) == before)
    try Data("longer text".utf8).write(to: URL(filePath: path))
    #expect(RecordingStamp(path: path) != before)
    #expect(RecordingStamp(path: folder.path("none")) == nil)
  }

  @Test(arguments: [
    ("SGD lr 0.1 momentum 0.9", "SGD", 0.1), ("AdamW lr 0.001", "AdamW", 0.001), ("Lion", "Lion", nil),
    ("", "", nil), ("lr 0.1", "lr 0.1", nil),
  ])
  func theWordsOfAnOptimizerHaveItsRate(_ text: String, _ name: String, _ rate: Double?) {
    let found = RunReading.optimizer(text)
    #expect(found.name == name && found.learningRate == rate)
  }

  @Test func aTableIsAlignedAndTheNewestIsFirst() throws {
    let text = try RunsText(folder: ".", runs: runs(folder()))
    #expect(text.lines[0].hasPrefix("recording  state"))
    #expect(text.lines[1].hasPrefix("whole      finished    xor"))
    #expect(text.lines.contains { $0.hasPrefix("cut: ") })
    #expect(text.lines.prefix(5).allSatisfy { $0.last != " " })
    #expect(RunsText(folder: "x", runs: []).lines == ["There is no recording in x yet."])
  }

  @Test func theTableAsJSONHasEachRun() throws {
    let json = try RunsText(folder: ".", runs: runs(folder())).json()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let all = try #require(object["runs"] as? [[String: Any]])
    #expect(all.count == 4 && all[0]["name"] as? String == "whole" && all[0]["steps"] as? Int == 380)
    #expect((all[0]["settings"] as? [String: String])?["--lr"] == "0.1")
    #expect(all[1]["problem"] is String)
  }
}
