/// Tells the options of `tapedeck torch` from what belongs to the script, as Python does: everything from the script's
/// name on, or from `-m` on, is the script's.
package enum TorchArguments {
  /// The options that are followed by a value.
  private static let valued: Set<String> = [
    "--python", "--pace", "--break", "--record", "--record-budget", "--on-exit", "--history", "--step-every",
    "--lang", "--nproc-per-node", "--steps", "--epochs", "--mute", "--threshold", "--layout", "--frame-rate",
    "--theme",
  ]

  /// The arguments with `--` before the script, and `--launcher` before a program that starts scripts: what the user has
  /// put `--` before and is neither a script nor `-m`.
  package static func marked(_ arguments: [String]) -> [String] {
    if arguments.first == "diagnose", let torch = arguments.firstIndex(of: "torch") {
      return arguments[..<torch] + marked(Array(arguments[torch...]))
    }
    guard arguments.first == "torch" else { return arguments }
    var place = 1
    while place < arguments.count {
      let argument = arguments[place]
      if argument == "--" {
        guard place + 1 < arguments.count, isProgram(arguments[place + 1]) else { return arguments }
        return arguments[..<place] + ["--launcher"] + arguments[place...]
      }
      if argument == "-m" || !argument.hasPrefix("-") || argument == "-" {
        return arguments[..<place] + ["--"] + arguments[place...]
      }
      place += valued.contains(argument) ? 2 : 1
    }
    return arguments
  }

  private static func isProgram(_ word: String) -> Bool {
    word != "-m" && ![".py", ".pyc", ".pyz"].contains { word.hasSuffix($0) }
  }
}
