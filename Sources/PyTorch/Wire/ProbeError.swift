import Localization

/// What goes wrong between Tapedeck, the interpreter and the probe.
package enum ProbeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The probe sent something that is not a message; the text says what.
  case broken(String)
  /// The probe speaks another version of the protocol.
  case wrongVersion(Int)
  /// No interpreter has torch; the ones that were asked.
  case noInterpreter(asked: [String])
  /// A program could not be started.
  case cannotStart(program: String, reason: String)
  /// The probe's files could not be written.
  case cannotLay(folder: String, reason: String)

  /// Whether another argument would help.
  package var isArgument: Bool {
    if case .noInterpreter = self { true } else { false }
  }

  package var description: String {
    switch self {
    case .broken(let what): localized("The probe in the script sent something that is no message: \(what).")
    case .wrongVersion(let version):
      localized(
        "The probe speaks version \(version) of the protocol, and this program version \(HostCommand.version)."
      )
    case .noInterpreter(let asked):
      localized(
        "No Python with torch was found; asked were \(asked.joined(separator: ", ")). Choose another with --python PATH."
      )
    case .cannotStart(let program, let reason): localized("\(program) cannot be started: \(reason).")
    case .cannotLay(let folder, let reason):
      localized("The probe's files cannot be written to \(folder): \(reason).")
    }
  }
}
