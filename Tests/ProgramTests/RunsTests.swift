import Foundation
import TestSupport
import Testing

/// `tapedeck runs` without a terminal.
struct RunsTests {
  @Test func aFolderIsATableAndAnObject() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.tapedeck").path(percentEncoded: false)
    let made = try BuiltProgram.run([
      "train", "--headless", "--data", "xor", "--epochs", "2", "--record", path,
    ])
    #expect(made.code == 0, "\(made.errors)")
    try Data("text".utf8).write(to: folder.appending(path: "b.tapedeck"))
    let table = try BuiltProgram.run(["runs", folder.path(percentEncoded: false)])
    #expect(table.code == 0 && table.errors == "")
    #expect(table.lines[0].hasPrefix("recording  state"))
    #expect(table.lines[1].hasPrefix("a          finished  xor"))
    #expect(table.lines.contains { $0.hasPrefix("b: Expected a recording") })
    let json = try BuiltProgram.run(["runs", folder.path(percentEncoded: false), "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["runs"] as? [[String: Any]])?.map { $0["state"] as? String } == ["finished", "damaged"])
  }

  @Test func aFolderThatIsNotThereIsSaid() throws {
    let outcome = try BuiltProgram.run(["runs", "/nowhere/at/all"])
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("tapedeck: There is no folder /nowhere/at/all."))
  }
}
