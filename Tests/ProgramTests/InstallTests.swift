import Foundation
import TestSupport
import Testing

/// What `./install` puts under a prefix, and what the shells complete.
struct InstallTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../install").standardizedFileURL

  @Test func everythingIsUnderThePrefixAndGoesAgain() throws {
    let prefix = FileManager.default.temporaryDirectory.appending(path: "prefix-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: prefix) }
    func install(_ more: String...) throws -> BuiltProgram.Outcome {
      try BuiltProgram.run(
        URL(filePath: "/bin/sh"), [InstallTests.script.path, "--prefix", prefix] + more,
        environment: ["HOME": prefix])
    }
    let outcome = try install("--binary", BuiltProgram.url.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let files = [
      "bin/tapedeck", "share/man/man1/tapedeck.1", "share/man/man1/tapedeck-train.1",
      "share/man/man1/tapedeck-config.1", "share/man/es/man1/tapedeck-train.1",
      "share/bash-completion/completions/tapedeck", "share/zsh/site-functions/_tapedeck",
      "share/fish/vendor_completions.d/tapedeck.fish",
    ]
    for file in files {
      #expect(FileManager.default.fileExists(atPath: "\(prefix)/\(file)"), "\(file)")
    }
    let page = try String(contentsOfFile: "\(prefix)/share/man/man1/tapedeck-train.1", encoding: .utf8)
    #expect(page.contains("\\fB\\-\\-optimizer\\fR \\fIoptimizer\\fR"))
    let spanish = "\(prefix)/share/man/es/man1/tapedeck-train.1"
    #expect(try String(contentsOfFile: spanish, encoding: .utf8).contains("Entrena una red"))
    #expect(try install("--uninstall").code == 0)
    for file in files { #expect(!FileManager.default.fileExists(atPath: "\(prefix)/\(file)"), "\(file)") }
  }

  @Test func aWrongOptionOfTheScriptIsRefused() throws {
    let outcome = try BuiltProgram.run(
      URL(filePath: "/bin/sh"), [InstallTests.script.path, "--perfix", "/x"])
    #expect(outcome.code == 64)
    #expect(outcome.errors == "install: There is no option '--perfix'; see './install --help'.\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsKnowValues(shell: String) throws {
    let script = try BuiltProgram.run(["--generate-completion-script", shell]).output
    for value in ["fashion-mnist", "adamw", "tensorboard", "kaimingNormal", "tapedeck", "config"] {
      #expect(script.contains(value), "\(value)")
    }
  }
}
