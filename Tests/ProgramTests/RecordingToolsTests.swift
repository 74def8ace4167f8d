import Foundation
import Glibc
import TestSupport
import Testing

/// `tapedeck info`, `repair` and `diff`, and what keeps recordings from being written over.
struct RecordingToolsTests {
  /// A folder with recordings; it goes with this.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "tools-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    func record(_ name: String, _ options: String...) throws -> String {
      let arguments =
        ["train", "--headless", "--data", "xor", "--epochs", "3", "--record", path(name)] + options
      let outcome = try BuiltProgram.run(arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      return path(name)
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }
  }

  private func object(_ outcome: BuiltProgram.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func infoSaysWhatIsInARecording() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck", "--threads", "1")
    let outcome = try BuiltProgram.run(["info", path, "--all"])
    #expect(outcome.code == 0 && outcome.errors == "")
    #expect(outcome.lines[0] == "\(path) is intact.")
    for line in [
      "run        xor, 2→16→16→2, SGD lr 0.1 momentum 0.9, batch 32, seed 42",
      "made by    tapedeck train --data xor --optimizer sgd --lr 0.1 --momentum 0.9 --batch 32 --epochs 3 --seed 42 "
        + "--threads 1",
      "steps      1 to 57 of 57, 3 epochs, finished", "numbers    57 steps in full, gradient norms of 57",
      "format     1, for tapedeck 0.1.0 or later",
      "replay     every step can be run again; steps 1 to 57 were reproduced bit for bit",
    ] {
      #expect(outcome.lines.contains(line), "\(line) is not in \(outcome.output)")
    }
    let json = try object(BuiltProgram.run(["info", path, "--json"]))
    #expect(json["isSound"] as? Bool == true && (json["problems"] as? [String])?.isEmpty == true)
    #expect((json["run"] as? [String: Any])?["data"] as? String == "xor")
    #expect((json["contents"] as? [String: Any])?["lastStep"] as? Int == 57)
    #expect((json["replay"] as? [String: Any])?["opens"] as? String == "all")
  }

  @Test func aTruncatedRecordingIsDamagedAndIsRepaired() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    let cut = try folder.bytes("a.tapedeck").dropLast(9_000)
    try cut.write(to: URL(filePath: path))
    let info = try BuiltProgram.run(["info", path])
    #expect(info.code == 1 && info.lines[0] == "\(path) is damaged:")
    #expect(info.lines[1].hasPrefix("  \(path) is damaged at its pages: expected a whole database"))
    #expect(try object(BuiltProgram.run(["info", path, "--json"]))["isSound"] as? Bool == false)

    let repair = try BuiltProgram.run(["repair", path])
    let saved = folder.path("a.repaired.tapedeck")
    #expect(repair.code == 0, "\(repair.errors)")
    #expect(repair.lines[0] == "\(saved) has what could be saved from \(path).")
    #expect(repair.lines.contains { $0.hasPrefix("lost  ") && $0 != "lost  nothing" })
    #expect(try folder.bytes("a.tapedeck") == cut)
    #expect(try BuiltProgram.run(["info", saved]).code == 0)

    let again = try BuiltProgram.run(["repair", path])
    #expect(again.code == 1)
    #expect(
      again.errors
        == "tapedeck: \(saved) already exists. Choose another name, or use --force to overwrite it.\n")
    #expect(try BuiltProgram.run(["repair", path, "--force"]).code == 0)
    #expect(
      try BuiltProgram.run(["repair", saved]).lines == [
        "\(saved) is intact and in one file: there is nothing to repair."
      ])
    #expect(try BuiltProgram.run(["repair", path, "--output", path, "--force"]).code == 0)
    #expect(try BuiltProgram.run(["info", path]).code == 0)
  }

  @Test func diffSaysWhereTwoRunsDiverge() throws {
    let folder = try Folder()
    let paths = (
      try folder.record("a.tapedeck"), try folder.record("b.tapedeck"),
      try folder.record("c.tapedeck", "--lr", "0.05")
    )
    let same = try BuiltProgram.run(["diff", paths.0, paths.1])
    #expect(same.code == 0 && same.errors == "")
    #expect(
      same.lines.prefix(2) == ["They are the same to the bit through step 57.", "The settings are the same."])
    let other = try BuiltProgram.run(["diff", paths.0, paths.2])
    #expect(other.code == 1 && other.errors == "")
    let sentence =
      #"^They diverge in step 1, in update of fc1.weight: norm [0-9.]+ against [0-9.]+; lr 0.1 and 0.05.$"#
    #expect(other.lines[0].range(of: sentence, options: .regularExpression) != nil, "\(other.lines[0])")
    #expect(other.lines.contains("  --lr: 0.1 against 0.05"))
    let outcome = try BuiltProgram.run(["diff", paths.0, paths.2, "--json"])
    let json = try object(outcome)
    #expect(outcome.code == 1 && json["isEqual"] as? Bool == false)
    let divergence = try #require(json["parting"] as? [String: Any])
    #expect(divergence["step"] as? Int == 1 && divergence["phase"] as? String == "update")
    #expect(divergence["node"] as? String == "fc1.weight")
    #expect((json["firstCurve"] as? [Any])?.count == 57)
    #expect(
      (json["settings"] as? [[String: String]]) == [["name": "--lr", "first": "0.1", "second": "0.05"]])
  }

  @Test func aRunThatEndsEarlierIsTheSameAsFarAsItGoes() throws {
    let folder = try Folder()
    let (whole, short) = (try folder.record("a.tapedeck"), try folder.record("b.tapedeck", "--epochs", "1"))
    let outcome = try BuiltProgram.run(["diff", whole, short])
    #expect(outcome.code == 0)
    #expect(
      outcome.lines[0] == "They are the same to the bit through step 19; the first continues to step 57.")
    #expect(outcome.lines.contains("  epochs: 3 against 1"))
  }

  @Test func whatCannotBeReadIsSaidWithACodeOfItsOwn() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    let noData = try BuiltProgram.run(["info", path, "--data", "missing.csv"])
    #expect(noData.code == 1)
    #expect(noData.output == "")
    #expect(noData.errors == "tapedeck: --data expects a file that can be read, but missing.csv cannot.\n")
    let missing = folder.path("none")
    let diff = try BuiltProgram.run(["diff", path, missing])
    #expect(diff.code == 2)
    #expect(diff.errors.hasPrefix("tapedeck: Cannot read \(missing): No such file or directory."))
    #expect(try BuiltProgram.run(["diff", path]).code == 64)
    for command in ["info", "repair"] {
      let outcome = try BuiltProgram.run([command, missing])
      #expect(outcome.code == 1 && outcome.errors == diff.errors, "\(command): \(outcome.errors)")
    }
  }

  @Test func aRecordingIsNotWrittenOverUnlessThatIsSaid() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    let before = try folder.bytes("a.tapedeck")
    let arguments = ["train", "--headless", "--data", "xor", "--epochs", "1", "--record", path]
    let refused = try BuiltProgram.run(arguments)
    #expect(refused.code == 1)
    #expect(
      refused.errors
        == "tapedeck: \(path) already exists. Choose another name, or use --force to overwrite it.\n")
    #expect(try folder.bytes("a.tapedeck") == before)
    #expect(try BuiltProgram.run(arguments + ["--force"]).code == 0)
    #expect(
      try BuiltProgram.run(["info", path]).lines.contains("steps      1 to 19 of 19, 1 epoch, finished"))
  }

  @Test func aRecordingOfALaterVersionSaysWhichProgramItNeeds() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    var bytes = try folder.bytes("a.tapedeck")
    // SQLite's user_version, big-endian.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0, 9])
    try bytes.write(to: URL(filePath: path))
    let sentence =
      "tapedeck: \(path) was recorded by a later version: it has format 9, and this program reads up to 1. "
      + "Use tapedeck 0.1.0 or later.\n"
    let commands = [
      ["info", path], ["repair", path], ["diff", path, path], ["export", path], ["train", "--resume", path],
    ]
    for command in commands {
      let outcome = try BuiltProgram.run(command)
      #expect(outcome.code == (command[0] == "diff" ? 2 : 1) && outcome.errors == sentence, "\(command)")
    }
    #expect(try folder.bytes("a.tapedeck") == bytes)
  }

  @Test func aRunWithoutEpochsLeftSaysHowItTrainsOn() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    let outcome = try BuiltProgram.run(["train", "--headless", "--resume", path])
    #expect(outcome.code == 0 && outcome.output.isEmpty)
    let sentence = "tapedeck: All 3 epochs have been trained: --epochs 4 would train on.\n"
    #expect(outcome.errors.hasSuffix(sentence), "\(outcome.errors)")
    #expect(try BuiltProgram.run(["info", path]).code == 0)
  }

  @Test func twoRunsCannotRecordIntoOneFile() throws {
    let folder = try Folder()
    let path = try folder.record("a.tapedeck")
    // The lock of a run that writes is held by this process.
    let lock = open(path + "-lock", O_RDWR | O_CREAT, 0o600)
    defer { close(lock) }
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    #expect(fcntl(lock, F_SETLK, &range) == 0)
    let sentence = "\(path) is being written by another run. Wait until it ends, or choose another name."
    for command in [
      ["train", "--headless", "--data", "xor", "--record", path, "--force"], ["train", "--resume", path],
      ["repair", path, "--output", folder.path("b.tapedeck")],
    ] {
      let outcome = try BuiltProgram.run(command)
      #expect(
        outcome.code == 1 && outcome.errors == "tapedeck: \(sentence)\n", "\(command): \(outcome.errors)")
    }
    let info = try BuiltProgram.run(["info", path])
    #expect(info.code == 0)
    #expect(info.lines.contains("format     1, for tapedeck 0.1.0 or later; being written now"))
  }

  @Test func aTerminalShowsBothCurves() throws {
    let folder = try Folder()
    let (one, other) = (try folder.record("a.tapedeck"), try folder.record("b.tapedeck", "--lr", "0.05"))
    let screen = try TmuxScreen(columns: 80, rows: 24)
    defer { screen.close() }
    try screen.enter("$tapedeck diff \(one) \(other); echo code $?")
    let rows = try screen.wait(for: "the comparison") { rows in rows.contains { $0.contains("q quit") } }
    #expect(rows[1].contains("They diverge in step 1, in update of fc1.weight"))
    #expect(rows.contains { $0.contains("a.tapedeck  ") && $0.contains("b.tapedeck") })
    try screen.press("q")
    let end = try screen.wait(for: "the exit code") { rows in rows.contains { $0.hasPrefix("code ") } }
    #expect(end.contains { $0.hasPrefix("code 1") })
  }
}
