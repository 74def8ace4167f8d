import Foundation
import TestSupport
import Testing

/// The user's own package that the README shows.
///
/// Its program is compiled with the modules and linked with the objects that the tests were built with: what SwiftPM
/// does after building all of them again, which takes minutes.
struct OwnPackageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let build = BuiltProgram.url.deletingLastPathComponent()

  @Test func theReadmesOwnNetworkCompilesAndTrains() throws {
    try withFolder { folder in
      let main = folder.appending(path: "main.swift")
      try Self.swiftBlock(1).write(to: main, atomically: true, encoding: .utf8)
      let program = folder.appending(path: "spiral")
      try Self.compile(main, to: program, folder)
      let outcome = try BuiltProgram.run(program, ["--json"])
      let last = try #require(outcome.lines.last, "\(outcome.errors)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
      #expect(object["done"] as? Bool == true)
      #expect((object["trainAccuracy"] as? Double ?? 0) > 0.95)
      try takesTheArgumentsOfTapedeck(program, folder)
    }
  }

  /// Everything that `tapedeck train` takes, and its other commands.
  private func takesTheArgumentsOfTapedeck(_ program: URL, _ folder: URL) throws {
    func run(_ arguments: String...) throws -> BuiltProgram.Outcome {
      try BuiltProgram.run(program, arguments)
    }
    let help = try run("train", "--help")
    #expect(help.code == 0)
    for option in ["--epochs", "--lr", "--break", "--pace", "--record", "--resume", "--paused", "--json"] {
      #expect(help.output.contains("\n  \(option)"), "\(option)")
    }
    #expect(help.output.contains("spiral --break 'loss > 10'"))
    #expect(!help.output.contains("tapedeck train"))
    let stopped = try run("--break", "output.linear backward if step == 3", "--lr", "0.02")
    #expect(stopped.code == 3)
    #expect(
      stopped.errors == "spiral: step 3: breakpoint 1, output.linear backward if step == 3: step is 3.\n")
    let wrong = try run("--break", "output.liner")
    #expect(wrong.code == 64)
    #expect(
      wrong.errors.contains("the nearest names are output.linear and output.bias. See 'spiral train --help'.")
    )
    let outOfRange = try run("--epochs", "0")
    #expect(
      outOfRange.errors
        == "spiral: --epochs expects a whole number from 1 to 1000000, but got 0. See 'spiral train --help'.\n"
    )
    let moment = try run("inspect", "--step", "3", "--phase", "backward", "--node", "hidden.tanh", "--json")
    #expect(moment.output.contains(#""view":"gradient""#) || moment.output.contains(#""view": "gradient""#))
    #expect(try run("graph").output.contains("hidden.linear"))
    let file = folder.appending(path: "run.tapedeck").path
    #expect(try run("--epochs", "2", "--record", file).lines.last?.hasPrefix("done: 2 epochs") == true)
    let check = try run("replay", file, "--headless")
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    #expect(try run("info", file).code == 0)
    let resumed = try run("--resume", file, "--epochs", "3")
    #expect(resumed.lines.last?.hasPrefix("done: 3 epochs") == true, "\(resumed.errors)")
    let tensor = folder.appending(path: "w.npy").path
    #expect(try run("export", file, "--output", tensor, "--step", "5", "--node", "hidden.weight").code == 0)
    #expect(FileManager.default.fileExists(atPath: tensor))
  }

  @Test func anErrorInTheNetworkIsOneSentenceAndNoBacktrace() throws {
    try withFolder { folder in
      let main = folder.appending(path: "main.swift")
      let readme = try Self.swiftBlock(1)
      let faulty = readme.replacing("Linear(32, 3,", with: "Linear(32, 2,")
      try #require(faulty != readme)
      try faulty.write(to: main, atomically: true, encoding: .utf8)
      let program = folder.appending(path: "spiral")
      try Self.compile(main, to: program, folder)
      let line =
        try #require(
          faulty.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
            $0.contains("return Experiment(")
          }) + 1
      for arguments in [[], ["--json"], ["--record", folder.appending(path: "run.tapedeck").path]] {
        let outcome = try BuiltProgram.run(program, arguments)
        #expect(outcome.code == 1)
        #expect(outcome.output == "")
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
          lines.first
            == "diagnosis: label-out-of-range: label 2 is not one of the output's classes (spiral/main.swift:\(line))"
        )
        #expect(
          lines.last?.hasPrefix("spiral: spiral/main.swift:\(line): cross_entropy got label 2 at [") == true)
        #expect(lines.last?.hasSuffix(" of spiral.") == true)
      }
    }
  }

  @Test func theReadmesManifestNamesAProductOfThisPackage() throws {
    try withFolder { folder in
      let manifest = folder.appending(path: "Package.swift")
      try Self.swiftBlock(0).write(to: manifest, atomically: true, encoding: .utf8)
      let own = try Self.description(of: folder, scratch: folder)
      let target = try #require((own["targets"] as? [[String: Any]])?.first)
      let product = try #require(
        ((target["dependencies"] as? [[String: Any]])?.first?["product"] as? [Any])?.prefix(2).map { "\($0)" }
      )
      let products = try #require(
        try Self.description(of: Self.root, scratch: folder)["products"] as? [[String: Any]])
      #expect(product == ["TapedeckKit", "tapedeck"])
      #expect(products.contains { $0["name"] as? String == product[0] && $0["type"] is [String: Any] })
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "own-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// The README's code blocks in Swift: the manifest, then the program.
  private static func swiftBlock(_ index: Int) throws -> String {
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    try #require(blocks.count == 2)
    return blocks[index]
  }

  /// Compiles a program of one file that imports TapedeckKit.
  private static func compile(_ main: URL, to program: URL, _ folder: URL) throws {
    let objects = try String(
      contentsOf: build.appending(path: "tapedeck.product/Objects.LinkFileList"), encoding: .utf8)
    // The program's own objects have another main.
    let list = objects.split(separator: "\n").filter { !$0.contains("/tapedeck.build/") }.joined(
      separator: "\n")
    let listFile = folder.appending(path: "objects")
    try list.write(to: listFile, atomically: true, encoding: .utf8)
    try swift(
      [
        "swiftc", "-swift-version", "6", main.path, "-o", program.path, "-module-name", "spiral",
        "-I", build.appending(path: "Modules").path, "@\(listFile.path)",
        "-lncursesw", "-ltinfo", "-lz", "-lsqlite3", "-lstdc++",
      ] + moduleMaps().flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] })
  }

  /// The module maps of the C targets, here and in the dependencies.
  private static func moduleMaps() throws -> [URL] {
    let scratch = build.deletingLastPathComponent().deletingLastPathComponent()
    let folders = [
      root.appending(path: "Sources"), build, scratch.appending(path: "checkouts/GRDB.swift/Sources"),
    ]
    return try folders.flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }
    .map { $0.appending(path: "module.modulemap") }
    .filter { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// A package as its manifest describes it.
  private static func description(of package: URL, scratch: URL) throws -> [String: Any] {
    let output = try swift([
      "swift", "package", "--package-path", package.path, "--scratch-path",
      scratch.appending(path: "scratch").path, "dump-package",
    ])
    return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  /// Runs a command of the Swift toolchain and returns what it printed.
  @discardableResult
  private static func swift(_ arguments: [String]) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let outcome = try BuiltProgram.run(
      URL(filePath: "/usr/bin/env"), arguments, environment: ["PATH": path, "HOME": home])
    try #require(outcome.code == 0, "\(outcome.output.suffix(4_000))\(outcome.errors.suffix(4_000))")
    return outcome.output
  }
}
