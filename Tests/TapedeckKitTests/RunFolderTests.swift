import Foundation
import TapedeckKit
import Testing

struct RunFolderTests {
  @Test func theFileOfAnotherRunHasAFolderOfItsOwn() throws {
    let runs = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: runs) }
    let folder = RunFolder(in: runs.path, recording: "somewhere/my.run.tapedeck")
    #expect(folder.url(for: "a").lastPathComponent == "my.run")
    let first = runs.appending(path: "my.run")
    try FileManager.default.createDirectory(at: first, withIntermediateDirectories: true)
    try Data().write(to: first.appending(path: "a"))
    #expect(folder.url(for: "a").lastPathComponent == "my.run")
    #expect(folder.url(for: "b").lastPathComponent == "my.run-2")
  }
}
