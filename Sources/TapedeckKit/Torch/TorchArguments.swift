/// Tells the options of `tapedeck torch` from what belongs to the script, as Python does: everything from the script's
/// name on, or from `-m` on, is the script's.
package enum TorchArguments {
  /// The options that are followed by a value.
  private static let valued: Set<String> = [
    "--python", "--pace", "--break", "--record", "--record-budget", "--on-exit", "--history", "--step-every",
    "--lang",
  ]

  /// The arguments with `--` before the script.
  package static func marked(_ arguments: [String]) -> [String] {
    guard arguments.first == "torch" else { return arguments }
    var place = 1
    while place < arguments.count {
      let argument = arguments[place]
      if argument == "--" { return arguments }
      if argument == "-m" || !argument.hasPrefix("-") || argument == "-" {
        return arguments[..<place] + ["--"] + arguments[place...]
      }
      place += valued.contains(argument) ? 2 : 1
    }
    return arguments
  }
}
