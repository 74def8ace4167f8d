import Foundation

/// The Python that runs a script.
package struct Interpreter: Sendable, Equatable {
  /// Its path, or its name if it is found on PATH.
  package let program: String

  /// The one that was chosen; else that of the active virtual environment; else the first of `python3` and
  /// `/usr/bin/python3` that has torch.
  ///
  /// - Parameters:
  ///   - chosen: the program that the user named.
  ///   - environment: the environment, which names a virtual environment.
  ///   - hasTorch: whether a program is a Python that finds torch.
  /// - Throws: ``ProbeError/noInterpreter(asked:)``.
  package init(
    chosen: String?, environment: [String: String], hasTorch: (String) -> Bool = Interpreter.hasTorch
  ) throws(ProbeError) {
    if let chosen {
      program = chosen
      return
    }
    var asked = ["python3", "/usr/bin/python3"]
    if let folder = environment["VIRTUAL_ENV"], !folder.isEmpty { asked = [folder + "/bin/python"] }
    guard let found = asked.first(where: hasTorch) else { throw .noInterpreter(asked: asked) }
    program = found
  }

  /// Whether a program is a Python that finds torch, without importing it.
  package static func hasTorch(_ program: String) -> Bool {
    let question = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    let child = try? ChildProcess([program, "-c", question], environment: environment, streams: .none)
    return child?.wait() == 0
  }
}
