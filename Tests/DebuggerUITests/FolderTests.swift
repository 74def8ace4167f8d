import TestSupport
import Testing

@Suite struct FolderTests {
  /// `Architecture.md` says of each pair why it is.
  @Test func foldersUseEachOtherOnlyWhereThatIsSaid() throws {
    #expect(try FolderArrows(of: "DebuggerUI").mutual.subtracting(["App ↔ Panes", "Panes ↔ State"]) == [])
  }
}
