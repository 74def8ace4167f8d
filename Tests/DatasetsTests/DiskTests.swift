import Datasets
import Foundation
import Testing

@Suite struct DiskTests {
  /// Runs `body` with the path of a new folder, which is gone afterwards.
  func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test(arguments: [0, 1, 3_000_000]) func whatIsWrittenIsRead(count: Int) throws {
    try withFolder { folder in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try Disk().write(bytes, to: "\(folder)/a")
      #expect(try Disk().read("\(folder)/a") == bytes)
    }
  }

  @Test func writingReplacesAFileAndLeavesNoOther() throws {
    try withFolder { folder in
      try Disk().write([1, 2, 3], to: "\(folder)/a")
      try Disk().write([4], to: "\(folder)/a")
      #expect(try Disk().read("\(folder)/a") == [4])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func aMissingFileSaysSo() {
    #expect(
      datasetError { try Disk().read("/nowhere/a.csv") }?.description
        == "Cannot read /nowhere/a.csv: No such file or directory. "
        + "Check that the path is right and that you may read it.")
  }

  @Test func aFolderThatIsNotThereCannotBeWrittenIn() {
    #expect(
      datasetError { try Disk().write([], to: "/nowhere/a.npy") }?.description
        == "Cannot write /nowhere/a.npy: No such file or directory. "
        + "Check that the folder exists, has room, and that you may write there.")
  }

  @Test func aFolderIsNoFile() throws {
    try withFolder { folder in
      #expect(!Disk().hasFile(at: folder))
      #expect(
        datasetError { try Disk().read(folder) } == .cannotRead(source: folder, reason: "Is a directory"))
      #expect(!Disk().hasFile(at: "\(folder)/a"))
      try Disk().write([], to: "\(folder)/a")
      #expect(Disk().hasFile(at: "\(folder)/a"))
    }
  }

  @Test func aFolderIsMadeWithThoseItLiesIn() throws {
    try withFolder { folder in
      try Disk().makeFolder(at: "\(folder)/a/b/c")
      try Disk().makeFolder(at: "\(folder)/a/b/c/")
      try Disk().write([1], to: "\(folder)/a/b/c/d")
      #expect(try Disk().read("\(folder)/a/b/c/d") == [1])
      let error = datasetError { try Disk().makeFolder(at: "\(folder)/a/b/c/d/e") }
      #expect(error == .cannotWrite(source: "\(folder)/a/b/c/d/e", reason: "Not a directory"))
    }
  }

  @Test func aFileOverTheLimitIsTooLarge() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      try Disk().write([1, 2, 3], to: path)
      #expect(try Disk().read(path, limit: 3).count == 3)
      #expect(throws: DatasetError.tooLarge(source: path, bytes: 3, limit: 2)) {
        try Disk().read(path, limit: 2)
      }
    }
  }

  @Test func aDeviceWithoutEndStopsAtTheLimit() {
    guard case .tooLarge = datasetError({ try Disk().read("/dev/zero", limit: 1000) }) else {
      Issue.record("reading /dev/zero did not stop at the limit")
      return
    }
  }
}
