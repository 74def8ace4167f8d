import Foundation
import PyTorch
import Testing

struct ProbeFolderTests {
  private let caches = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID())").path

  @Test func theProbeIsTheUsersAlone() throws {
    defer { try? FileManager.default.removeItem(atPath: caches) }
    let folder = try ProbeFolder(environment: ["XDG_CACHE_HOME": caches])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    #expect(FileManager.default.isReadableFile(atPath: folder.start))
  }

  @Test func whatWasChangedIsLaidAgain() throws {
    defer { try? FileManager.default.removeItem(atPath: caches) }
    let folder = try ProbeFolder(environment: ["XDG_CACHE_HOME": caches])
    let before = FileManager.default.contents(atPath: folder.start)
    try Data("import os".utf8).write(to: URL(filePath: folder.start))
    let again = try ProbeFolder(environment: ["XDG_CACHE_HOME": caches])
    #expect(again.path == folder.path)
    #expect(FileManager.default.contents(atPath: folder.start) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: caches + "/tapedeck").count == 1)
  }

  @Test func aFolderThatCannotBeWrittenIsSaid() {
    #expect(throws: ProbeError.self) { try ProbeFolder(environment: ["XDG_CACHE_HOME": "/proc/nowhere"]) }
  }
}

struct InterpreterTests {
  @Test func theChosenOneComesFirst() throws {
    let interpreter = try Interpreter(chosen: "/a/python", environment: ["VIRTUAL_ENV": "/env"]) { _ in true }
    #expect(interpreter.program == "/a/python")
  }

  @Test func thenThatOfTheVirtualEnvironment() throws {
    let interpreter = try Interpreter(chosen: nil, environment: ["VIRTUAL_ENV": "/env"]) { _ in true }
    #expect(interpreter.program == "/env/bin/python")
  }

  @Test func thenTheFirstThatHasTorch() throws {
    let interpreter = try Interpreter(chosen: nil, environment: [:]) { $0 == "/usr/bin/python3" }
    #expect(interpreter.program == "/usr/bin/python3")
  }

  @Test func theErrorNamesThoseThatWereAsked() {
    #expect(throws: ProbeError.noInterpreter(asked: ["python3", "/usr/bin/python3"])) {
      try Interpreter(chosen: nil, environment: [:]) { _ in false }
    }
  }
}
