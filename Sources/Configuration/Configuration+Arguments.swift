extension Configuration {
  /// The arguments of a command with the options that are set put before the user's own, which come after them and so win.
  ///
  /// `start` is the place of the first argument after the command's name.
  package func adding(to arguments: [String], of command: String, at start: Int) -> [String] {
    let own = arguments[start...].prefix { $0 != "--" }
    func isGiven(_ option: String) -> Bool { own.contains { $0 == option || $0.hasPrefix(option + "=") } }
    var added: [String] = []
    for setting in settings {
      guard let option = setting.key.option, setting.key.commands.contains(command),
        let argument = setting.argument, !setting.key.givesWay.contains(where: isGiven)
      else { continue }
      switch setting.value {
      case .flag(true): added.append(option)
      case .flag: break
      default: added += [option, argument]
      }
    }
    return arguments[..<start] + added + arguments[start...]
  }

  /// Where an option in a sentence is from, if it was set and is not among the arguments; nil for others.
  package func origin(ofOptionIn sentence: String, notIn arguments: [String]) -> Setting? {
    let words = Set(sentence.split { !($0.isLetter || $0 == "-" || $0.isNumber) }.map(String.init))
    return settings.first { setting in
      guard let option = setting.key.option, setting.source != .standard else { return false }
      return words.contains(option)
        && !arguments.contains { $0 == option || $0.hasPrefix(option + "=") }
    }
  }
}
