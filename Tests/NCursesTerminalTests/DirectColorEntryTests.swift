import Glibc
import NCursesTerminal
import Testing

struct DirectColorEntryTests {
  @Test func theDescriptionIsCompiledAndRemovedWithItsFolder() throws {
    let entry = try #require(DirectColorEntry(base: "xterm-256color", temporaryFolder: "/tmp"))
    #expect(access("\(entry.folder)/t/\(DirectColorEntry.name)", R_OK) == 0)
    entry.remove()
    #expect(access(entry.folder, F_OK) == -1)
  }

  @Test func withoutAUsableFolderThereIsNone() {
    #expect(DirectColorEntry(base: "xterm-256color", temporaryFolder: "/nowhere") == nil)
  }

  @Test func ofAnUnknownTerminalThereIsNone() {
    #expect(DirectColorEntry(base: "no-such-terminal", temporaryFolder: "/tmp") == nil)
  }
}
