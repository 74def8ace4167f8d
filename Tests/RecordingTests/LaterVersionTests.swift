import Recording
import Testing

/// A file of a later version says what it needs, and is left alone.
struct LaterVersionTests {
  @Test func itIsNamedByEverybodyWhoOpensIt() throws {
    let file = try DamagedFile()
    try file.execute(
      "PRAGMA user_version = 7", "UPDATE about SET value = '0.9.2' WHERE name = 'requires'",
      "ALTER TABLE scalars ADD COLUMN more")
    let before = try file.bytes
    let error = RecordingError.laterVersion(path: file.path, version: 7, needs: "0.9.2")
    #expect(throws: error) { _ = try RecordingReader(path: file.path) }
    #expect(throws: error) { _ = try quietWriter(file.path, existing: .resume) }
    #expect(throws: error) {
      _ = try RecordingRepair(path: file.path).write(to: file.folder.path("saved"), replacing: false)
    }
    #expect(try file.bytes == before && file.folder.names == ["run.tapedeck"])
  }

  @Test func aVersionThatIsNoVersionIsNotShown() throws {
    let file = try DamagedFile()
    try file.execute(
      "PRAGMA user_version = 7", "UPDATE about SET value = '\u{1b}[2J' WHERE name = 'requires'")
    #expect(throws: RecordingError.laterVersion(path: file.path, version: 7, needs: "of a later version")) {
      _ = try RecordingReader(path: file.path)
    }
  }
}
