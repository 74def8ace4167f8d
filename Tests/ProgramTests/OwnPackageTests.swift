import Foundation
import Testing

/// The README's network of one's own, built in a package outside the tree.
struct OwnPackageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func theReadmesOwnNetworkBuildsAndTrains() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("own-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let blocks = try OwnPackageTests.swiftBlocks()
    try #require(blocks.count == 2)
    let manifest = blocks[0].replacingOccurrences(of: "../tapedeck", with: OwnPackageTests.root.path)
      .replacingOccurrences(
        of: "package: \"tapedeck\"", with: "package: \"\(OwnPackageTests.root.lastPathComponent)\"")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("Sources/spiral"), withIntermediateDirectories: true)
    try manifest.write(to: folder.appendingPathComponent("Package.swift"), atomically: true, encoding: .utf8)
    try blocks[1].write(
      to: folder.appendingPathComponent("Sources/spiral/main.swift"), atomically: true, encoding: .utf8)
    let run = try OwnPackageTests.run(["swift", "run", "--package-path", folder.path, "spiral", "--json"])
    let last = try #require(run.split(separator: "\n").last)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any], "got: \(run.suffix(2_000))")
    #expect(object["done"] as? Bool == true)
    #expect((object["trainAccuracy"] as? Double ?? 0) > 0.95)
  }

  /// The README's code blocks in Swift: the manifest, then the program.
  private static func swiftBlocks() throws -> [String] {
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    return readme.components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  /// Runs a command to its end and returns what it printed.
  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
