import Localization
import Trace

/// The command that trains longer than was planned.
enum EpochCommand {
  /// The most epochs that a run may have.
  private static let most = 1_000_000

  static var rows: [CommandRow] {
    [
      .typed(
        "epochs", localized("+NUMBER"), example: "+10",
        help: localized("train this many more epochs, also after the end; without +, this many in all"), read
      )
      .needing(.addEpochs)
    ]
  }

  private static func read(
    _ arguments: CommandArguments, _ state: DebuggerState
  ) throws(ConsoleError) -> CommandAction {
    let word = try arguments.word()
    let planned = state.description?.epochs ?? 0
    guard let number = Int(word.text), number >= 1 else {
      throw ConsoleError(
        localized("'\(word.text)' is not a number of epochs: give one such as +10."), at: word.column)
    }
    let more = word.text.hasPrefix("+") ? number : number - min(number, planned)
    guard more > 0 else {
      throw ConsoleError(
        localized("The run has \(planned) epochs already: give more, or +\(number)."), at: word.column)
    }
    guard more <= most - min(most, planned) else {
      throw ConsoleError(localized("A run may have at most \(most) epochs."), at: word.column)
    }
    return { $0.train(moreEpochs: more) }
  }
}

extension DebuggerState {
  /// Trains longer; in the past the run continues once it is back at its head.
  fileprivate mutating func train(moreEpochs more: Int) {
    if case .halted(let sentence) = status {
      notice = .problem(sentence)
      return
    }
    let total = (description?.epochs ?? 0) + more
    ask(.extend(epochs: more))
    guard notice == nil else { return }
    notice = Notice(
      status == .finished && moment?.isBehindHead == true
        ? localized("\(total) epochs now: end goes to the head, where training continues")
        : localized("\(total) epochs now"))
  }
}
