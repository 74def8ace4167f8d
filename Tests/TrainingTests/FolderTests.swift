import TestSupport
import Testing

@Suite struct FolderTests {
  /// `Architecture.md` says of each pair why it is.
  @Test func foldersUseEachOtherOnlyWhereThatIsSaid() throws {
    let said: Set = [
      "Figures ↔ Loop", "Live ↔ Loop", "Live ↔ Replay", "Loop ↔ Tape", "Loop ↔ Timeline", "Tape ↔ Timeline",
    ]
    #expect(try FolderArrows(of: "Training").mutual.subtracting(said) == [])
  }
}
