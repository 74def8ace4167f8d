import Foundation
import TestSupport
import Testing

/// The pictures of the README are what the commands of the page `Pictures.md` make.
struct DocumentedPictureTests {
  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The arguments of the commands, without the program's name.
  private static func commands() throws -> [[String]] {
    let page = package.appending(path: "Sources/TapedeckKit/TapedeckKit.docc/Pictures.md")
    return try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("tapedeck export Sessions/") }
      .map { $0.split(separator: " ").dropFirst().map(String.init) }
  }

  /// Where `TAPEDECK_WRITE_PICTURES` is set, a picture that is out of date or missing is written again. The test still fails
  /// that time, so that somebody looks at it.
  @Test func thePicturesAreUpToDate() throws {
    let commands = try Self.commands()
    #expect(commands.count >= 4)
    let folder = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for command in commands {
      var arguments = command
      let place = try #require(arguments.firstIndex(of: "--output")) + 1
      let committed = Self.package.appending(path: arguments[place])
      let made = folder.appending(path: committed.lastPathComponent)
      arguments[1] = Self.package.appending(path: arguments[1]).path
      arguments[place] = made.path
      let outcome = try BuiltProgram.run(arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let expected = try Data(contentsOf: made)
      // A README has to be quick to read.
      #expect(expected.count < 2_000_000)
      guard (try? Data(contentsOf: committed)) != expected else { continue }
      try record(expected, at: committed)
    }
  }

  private func record(_ picture: Data, at file: URL) throws {
    guard ProcessInfo.processInfo.environment["TAPEDECK_WRITE_PICTURES"] != nil else {
      Issue.record(
        """
        \(file.lastPathComponent) is out of date. To write it again: \
        TAPEDECK_WRITE_PICTURES=1 swift test --filter DocumentedPictureTests
        """)
      return
    }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try picture.write(to: file)
    Issue.record("\(file.lastPathComponent) has been written: look at it, then run the test again")
  }
}
