import Foundation
import PyTorch
import Testing
import Trace

/// A script with a fault, which it has not when it is given the argument `sound`.
///
/// Comments in it say what diagnosis finds: `# fault: RULE…` in the line that one of these rules names, `# finds: RULE…` where
/// the line is of no matter, and `# leads to: RULE…` for what may be found beside.
struct FaultyScript: Sendable, CustomStringConvertible {
  let name: String
  var rules: Set<String> = []
  var line: Int?
  var consequences: Set<String> = []

  var description: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Faulty")

  /// The scripts of the folder that have such comments.
  static let all: [FaultyScript] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    .filter { $0.hasSuffix(".py") }.map(FaultyScript.init).filter { !$0.rules.isEmpty }

  init(_ name: String) {
    self.name = name
    let text = (try? String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)) ?? ""
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      func words(after mark: String) -> [String]? {
        line.range(of: mark).map { line[$0.upperBound...].split(separator: " ").map(String.init) }
      }
      if let found = words(after: "# fault: ") { (rules, self.line) = (rules.union(found), place + 1) }
      rules.formUnion(words(after: "# finds: ") ?? [])
      consequences.formUnion(words(after: "# leads to: ") ?? [])
    }
  }
}

struct FaultyScriptTests {
  private static let hasTorch = Interpreter.hasTorch("/usr/bin/python3")

  @Test(.enabled(if: hasTorch), arguments: FaultyScript.all)
  func theFaultIsNamed(_ script: FaultyScript) throws {
    let found = try findings(script.name, [])
    let named = found.filter { script.rules.contains($0.rule) }
    #expect(!named.isEmpty, "\(found.map(\.line))")
    let others = Set(found.map(\.rule)).subtracting(script.rules).subtracting(script.consequences)
    #expect(others.isEmpty, "\(found.map(\.line))")
    if let line = script.line {
      #expect(
        named.contains { $0.location?.hasSuffix("/\(script.name):\(line)") == true }, "\(named.map(\.line))")
    }
  }

  @Test(.enabled(if: hasTorch), arguments: FaultyScript.all)
  func withoutTheFaultNothingIsFound(_ script: FaultyScript) throws {
    #expect(try findings(script.name, ["sound"]).map(\.line) == [])
  }

  @Test(
    .enabled(if: hasTorch),
    arguments: [
      "accumulation", "angles", "autoencoder", "classifier", "experts", "gan", "language",
      "regression", "residual", "several_tasks", "target_network", "transfer", "transformer",
    ])
  func nothingIsFoundInASoundProgram(_ name: String) throws {
    #expect(try findings("Sound/\(name).py", []).map(\.line) == [])
  }

  /// What diagnosis finds in a script of the folder that runs to its end.
  private func findings(_ script: String, _ arguments: [String]) throws -> [Finding] {
    let interpreter = try Interpreter(chosen: "/usr/bin/python3", environment: [:])
    let environment = Watched<PyTorchRun>.environment
    let launch = PyTorchRun.Launch(
      interpreter, try ProbeFolder(environment: environment),
      script: [FaultyScript.folder.appending(path: script).path] + arguments, environment: environment)
    var settings = ScriptSettings(name: script)
    settings.holdsAtEnd = false
    settings.diagnosesThoroughly = true
    let watched = try Watched<PyTorchRun> { PyTorchRun(settings, launch, onUpdate: $0) }
    try watched.wait { update in
      switch update.status {
      case .finished, .halted, .failed: true
      default: false
      }
    }
    #expect(watched.all.warnings == [])
    return watched.all.findings
  }
}
