import Localization
import Numbers
import TerminalUI
import Trace

/// The commands that change something in the run, and those that keep something of it.
enum ChangeCommands {
  static var rows: [CommandRow] {
    [
      .typed(
        "set", localized("CELL VALUE"), .parameterCell, example: "fc1.weight[3,4] 0",
        help: localized("change a parameter's cell, or a setting"),
        ArgumentReading.cellOrSetting
      ).needing(.changeValues),
      .typed(
        "lr", localized("VALUE"), example: "0.01", help: localized("change the learning rate"),
        ArgumentReading.setting("lr")
      )
      .needing(.changeValues),
      .typed(
        "momentum", localized("VALUE"), example: "0.5", help: localized("change the momentum"),
        ArgumentReading.setting("momentum")
      ).needing(.changeValues),
      .typed(
        "zero-grad", "on|off", .words("on", "off"), example: "off",
        help: localized("reset the gradients in each step, or not"), ArgumentReading.zeroGrad
      ).needing(.changeValues),
      .typed(
        "note", localized("WORDS"), example: localized("the loss jumps here"),
        help: localized("attach a note to this moment")
      ) {
        (arguments, _) throws(ConsoleError) in
        { $0.ask(.note(arguments.text)) }
      },
      .key("R", name: "record", help: localized("record to a file from here on")) {
        $0.console = Console("record ")
      }
      .taking(localized("FILE"), recordingName, example: "run.tapedeck") {
        (arguments, _) throws(ConsoleError) in
        { $0.ask(.record(path: arguments.text)) }
      }
      .needing(.record),
      .only("where-recorded", help: localized("say where the run is recorded to, and how large the file is"))
      {
        $0.notice = $0.recordingNotice
      },
    ]
  }
}

/// Tab offers a name for the recording; another can be typed.
private let recordingName = ArgumentKind { _, state in
  [Completion.Candidate(text: "\(state.description?.data ?? "run").tapedeck")]
}

extension DebuggerState {
  /// Where the run is recorded to.
  fileprivate var recordingNotice: Notice {
    guard let recording else {
      return Notice(localized("Nothing is recorded: R records from here on."))
    }
    if let problem = recording.problem { return .problem("\(recording.path): \(problem)") }
    return Notice(
      localized("recording to \(recording.path), \(NumberText.bytes(recording.byteCount)) until now"))
  }

  /// Changes something; behind the head the user is asked first what to do with the old future.
  mutating func change(_ change: Change) {
    let isPast = moment?.isBehindHead == true && (status == .paused || status == .finished)
    if isPast, description?.isScript == true, description?.source == .live {
      notice = .problem(localized("The past of a script cannot be changed: end goes to the head."))
    } else if isPast {
      overlay = FutureQuestion(change)
    } else if status == .finished {
      notice = .problem(
        localized("Training is over: go back to an earlier step first, and change something there."))
    } else {
      ask(.change(change, future: .dropped))
    }
  }
}
