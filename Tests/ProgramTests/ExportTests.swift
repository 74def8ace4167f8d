import Foundation
import TestSupport
import Testing

/// `tapedeck export` of tensors, parameters and animations, of a recording that the program makes.
struct ExportTests {
  /// A folder with a short recorded run.
  private final class Recorded {
    let folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
    var path: String { file("run.tapedeck") }

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let outcome = try BuiltProgram.run(
        ["train", "--headless", "--epochs", "2", "--layers", "64,16,10", "--record", path])
      #expect(outcome.code == 0)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String) -> String { folder.appending(path: name).path }
    func data(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: file(name))) }
    func export(_ arguments: String...) throws -> BuiltProgram.Outcome {
      try BuiltProgram.run(["export", path] + arguments)
    }
  }

  private let run: Recorded

  init() throws { run = try Recorded() }

  @Test(arguments: [
    ["--step", "30", "--node", "fc1.weight", "--view", "value"],
    ["--step", "48", "--node", "fc1.relu", "--phase", "backward"],
    ["--step", "1", "--node", "fc2.bias"],
  ])
  func aTensorIsTheOneThatInspectShows(_ moment: [String]) throws {
    let exported = try BuiltProgram.run(
      ["export", run.path, "--format", "npy", "--output", run.file("a.npy")] + moment)
    #expect((exported.code, exported.errors) == (0, ""))
    let inspected = try BuiltProgram.run(
      ["inspect", "--epochs", "2", "--layers", "64,16,10", "--npy", run.file("b.npy")] + moment)
    #expect(inspected.code == 0)
    #expect(try run.data("a.npy") == run.data("b.npy"))
  }

  @Test func theParametersAreThoseAfterTheStepUnderTheirNames() throws {
    let outcome = try run.export("--format", "safetensors", "--step", "30", "--output", run.file("p"))
    #expect((outcome.code, outcome.errors) == (0, ""))
    let bytes = try run.data("p")
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: bytes[8..<8 + length]) as? [String: Any])
    #expect(
      header.keys.sorted() == ["__metadata__", "fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"])
    let weight = try #require(header["fc1.weight"] as? [String: Any])
    #expect(weight["shape"] as? [Int] == [16, 64])
    let range = try #require(weight["data_offsets"] as? [Int])
    _ = try run.export(
      "--format", "npy", "--step", "30", "--node", "fc1.weight", "--view", "value", "--output", run.file("w"))
    let numbers = try run.data("w").suffix(16 * 64 * 4)
    #expect(bytes[8 + length + range[0]..<8 + length + range[1]] == numbers)
  }

  @Test func theParametersAfterStepZeroAreThoseTheRunBeganWith() throws {
    _ = try run.export("--format", "safetensors", "--step", "0", "--output", run.file("begin"))
    _ = try run.export("--format", "safetensors", "--step", "1", "--output", run.file("one"))
    let (begin, one) = (try run.data("begin"), try run.data("one"))
    #expect(begin.count == one.count && begin != one)
  }

  @Test func anAnimationHasTheReplaysScreensAtItsTimes() throws {
    let outcome = try run.export(
      "--format", "asciicast", "--size", "80x24", "--from", "10", "--to", "40", "--output",
      run.file("animation"))
    #expect((outcome.code, outcome.errors) == (0, ""))
    let lines = String(decoding: try run.data("animation"), as: UTF8.self).split(separator: "\n")
    #expect(lines[0].contains(#""height":24"#) && lines[0].contains(#""width":80"#))
    let events = try lines.dropFirst().map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
    }
    let times = events.compactMap { $0[0] as? Double }
    #expect(times.count == lines.count - 1)
    #expect(times == times.sorted() && times.first == 0 && times.last == 12)
    let first = try #require(events.first?[2] as? String)
    let words = first.replacing(try Regex("\u{1b}\\[[0-9;]*m"), with: "")
      .replacing(try Regex("\u{1b}\\[[0-9;?]*[A-Za-z]"), with: " ")
    #expect(words.contains("▶ REPLAY run.tapedeck") && words.contains("step 10 of 48"))
    #expect(events.dropFirst().contains { ($0[2] as? String)?.isEmpty == false })
    // The cursor that the first screen hides is shown again.
    #expect(first.hasPrefix("\u{1b}[?25l") && (events.last?[2] as? String)?.hasSuffix("\u{1b}[?25h") == true)
  }

  @Test(arguments: [
    (["--format", "npy"], "--format npy expects --node, the node whose tensor is written."),
    (
      ["--format", "csv", "--step", "3"],
      "--step expects --format npy, safetensors, asciicast, svg, html or ansi, but got --format csv."
    ),
    (
      ["--format", "safetensors", "--step", "49"],
      "--step expects a step of the run, from 0 to 48, but got 49."
    ),
    (
      ["--format", "npy", "--node", "fc1.weight", "--step", "0"],
      "--step expects a step of the run, from 1 to 48, but got 0."
    ),
    (
      ["--format", "npy", "--node", "fc2.linear", "--phase", "batch"],
      "fc2.linear has no value in phase batch of step 48; a later --phase has it."
    ),
    (
      ["--format", "asciicast", "--from", "9", "--to", "8"],
      "--from and --to expect steps of the recording in ascending order, from 1 to 48, but got 9 and 8."
    ),
    (
      ["--format", "asciicast", "--size", "8x8"],
      "The value '8x8' is invalid for '--size <size>': expected columns and rows from 60x16 to 400x200, "
        + "such as 120x40."
    ),
    (
      ["--format", "asciicast", "--idle-limit", "0"],
      "--idle-limit expects a number above 0, such as 2, but got 0.0."
    ),
  ])
  func aWrongUseGetsOneSentence(_ arguments: [String], _ sentence: String) throws {
    let outcome = try BuiltProgram.run(["export", run.path, "--output", run.file("none")] + arguments)
    #expect(outcome.code == 64)
    #expect(outcome.errors == "tapedeck: \(sentence) See 'tapedeck export --help'.\n")
    #expect(!FileManager.default.fileExists(atPath: run.file("none")))
  }

  @Test func theEndingOfTheFileChoosesTheFormat() throws {
    let outcome = try run.export("--output", run.file("report.md"))
    #expect((outcome.code, outcome.errors) == (0, ""))
    let report = String(decoding: try run.data("report.md"), as: UTF8.self)
    #expect(report.hasPrefix("# digits, 64→16→10\n") && report.contains("\n| 2 | 48 | "))
  }

  @Test func anEndingThatNoFormatHasIsAMistake() throws {
    let outcome = try run.export("--output", run.file("x.foo"))
    #expect(outcome.code == 64)
    #expect(
      outcome.errors.contains(
        "The ending of --output names the format: .csv, .jsonl, .md, .npy, .safetensors, .cast, .svg, .html, .ans, but got "
      ))
    #expect(throws: (any Error).self) { try run.data("x.foo") }
  }

  @Test func theRecordingItselfIsNeverWrittenOver() throws {
    let before = try run.data("run.tapedeck")
    let outcome = try run.export(
      "--format", "csv", "--output", run.folder.path + "/./run.tapedeck", "--force")
    #expect(outcome.code == 64)
    #expect(try run.data("run.tapedeck") == before)
  }

  @Test func everyRunHasAFolderOfItsOwnForTensorBoard() throws {
    let copy = run.file("copy.tapedeck")
    try FileManager.default.copyItem(atPath: run.path, toPath: copy)
    for path in [run.path, copy] {
      let outcome = try BuiltProgram.run(
        ["export", path, "--format", "tensorboard", "--output", run.file("runs")])
      #expect((outcome.code, outcome.errors) == (0, ""))
    }
    let folders = try FileManager.default.contentsOfDirectory(atPath: run.file("runs"))
    #expect(folders.sorted() == ["copy", "run"])
  }

  @Test func aDashIsStandardOutput() throws {
    let outcome = try run.export("--output", "-")
    #expect(outcome.output.hasPrefix("iteration,loss,accuracy,"))
    #expect(outcome.output.contains("validation_loss,validation_accuracy"))
  }
}
