import Foundation
import TestSupport
import Testing

/// What cannot be written is told by the exit code, and leaves what was there.
struct FullDiskTests {
  private func shell(_ command: String) throws -> BuiltProgram.Outcome {
    try BuiltProgram.run(
      URL(filePath: "/bin/sh"), ["-c", command.replacing("tapedeck", with: BuiltProgram.url.path())])
  }

  @Test(arguments: ["graph", "guide questions", "verify --json", "inspect", "--help", "learn --list"])
  func outputThatCannotBeWrittenIsAFailure(_ command: String) throws {
    let outcome = try shell("tapedeck \(command) > /dev/full")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("Cannot write to standard output: No space left on device."))
  }

  @Test func anExportThatFailsLeavesTheOldFile() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "full-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (run, table) = (folder.appending(path: "r").path(), folder.appending(path: "t.csv"))
    #expect(try shell("tapedeck --headless --epochs 40 --data xor --record \(run)").code == 0)
    try Data("old".utf8).write(to: table)
    // A limit on the size of files stands for a full disk.
    let failed = try shell(
      "trap '' XFSZ; ulimit -f 2; tapedeck export \(run) --output \(table.path()) --force")
    #expect(failed.code == 1 && failed.errors.contains("Cannot write"))
    #expect(try String(contentsOf: table, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() == ["r", "t.csv"])
    #expect(try shell("tapedeck export \(run) --output \(table.path()) --force").code == 0)
    #expect(try String(contentsOf: table, encoding: .utf8).hasPrefix("iteration,"))
  }

  @Test func aNameThatIsNoTextIsRefused() throws {
    let outcome = try shell("tapedeck info \"$(printf '/tmp/\\377')\"")
    #expect(outcome.code == 64 && outcome.errors.contains("expects text in UTF-8"))
  }
}
