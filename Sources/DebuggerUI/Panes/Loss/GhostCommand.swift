import Localization
import Trace

/// `:ghost FILE`: the curves of a recording below those of the run.
enum GhostCommand {
  static var row: CommandRow {
    .typed(
      "ghost", localized("FILE|off"), .words("off"), example: "other.tapedeck",
      help: localized("draw the curves of a recording below those of the run")
    ) { (arguments, _) throws(ConsoleError) in
      let text = arguments.text
      if text.lowercased() == "off" { return { $0.lossPane.removeGhosts() } }
      return { $0.effects.append(.readGhost(text)) }
    }
  }
}

extension DebuggerState {
  /// Takes the curves of a recording, or says why it cannot be read.
  package mutating func takeGhost(_ ghost: Result<LossPaneState.Ghost, any Error>) {
    switch ghost {
    case .success(let ghost):
      lossPane.keep(ghost)
      notice = Notice(localized("\(ghost.name) is drawn below the run's curves; :ghost off removes it"))
    case .failure(let error): notice = .problem("\(error)")
    }
  }
}
