import TerminalUI

extension CommandTable {
  static let transport = Group(
    heading: "Transport",
    entries: [
      .key(" ", does: .playOrPause, "play", "run, or pause when an iteration is done", hint: "run/pause"),
      .only("run", does: .play, "run until told otherwise"),
      .only("pause", does: .pause, "pause when an iteration is done"),
      .key(".", does: .stepNode, "step", "one node on; at the head, by running it", hint: "node"),
      .key(",", does: .stepNodeBack, "back", "one node back", hint: "back"),
      .key("n", does: .stepPhase, "next-phase", "on to the next phase", hint: "phase"),
      .key("p", does: .stepPhaseBack, "previous-phase", "back to the phase before"),
      .key(
        ">", does: .stepIteration, "next-iteration", "the same node, one iteration on", hint: "iteration"),
      .key("<", does: .stepIterationBack, "previous-iteration", "the same node, one iteration back"),
      .key("g", does: .openConsole("goto "), "goto", "go to a step: back to it, or on")
        .taking("STEP [PHASE]", .step, example: "300 backward", ArgumentReading.moment),
      .key("r", does: .runTo(node: nil), "run-to", "run on to the chosen node, or another")
        .taking("[NODE]", .node, example: "fc1.linear", ArgumentReading.nodeToRunTo),
      .key(.home, does: .toStart, "start", "the first moment of the run"),
      .key(.end, does: .toHead, "head", "the head: as far as training has run"),
      .key("m", does: .setMark, "mark", "mark this moment"),
      .key("'", does: .toMark, "to-mark", "return to the mark"),
      .key("{", does: .slower, "slower", "half the pace of training"),
      .key("}", does: .faster, "faster", "double the pace of training"),
      .key(.backspace, does: .pace(nil), "full-speed", "train as fast as can be"),
      .typed(
        "pace", "NUMBER|off", .pace, example: "60", "at most so many iterations a second",
        ArgumentReading.pace),
    ])

  static let breakpoints = Group(
    heading: "Breakpoints",
    entries: [
      .key("b", does: .toggleBreakpoint, "break-here", "stop at the chosen node, or no longer"),
      .key("B", does: .openBreakpoint, "break", "stop at a node, on a condition, or both")
        .taking(
          "WHERE", .condition, example: "norm(fc1.weight.grad) > 5", ArgumentReading.breakpoint),
      .typed(
        "enable", "NUMBER", .breakpoint, example: "2", "switch a breakpoint on", ArgumentReading.enabled),
      .typed(
        "disable", "NUMBER", .breakpoint, example: "2", "switch a breakpoint off", ArgumentReading.disabled),
    ])

  static let changes = Group(
    heading: "Questions and changes",
    entries: [
      .key("w", does: .findCause(node: nil, cell: nil), "why", "how it became NaN, infinite or zero")
        .taking("[NODE|CELL]", .node, example: "fc1.linear[3,4]", ArgumentReading.nodeToExplain),
      .key("G", does: .checkGradientHere, "check", "gradient against a finite difference")
        .taking("[CELL]", .parameterCell, example: "fc1.weight[3,4]", ArgumentReading.gradientCheck),
      .typed(
        "set", "CELL VALUE", .parameterCell, example: "fc1.weight[3,4] 0", "change a parameter's cell",
        ArgumentReading.cellOrSetting),
      .typed(
        "lr", "VALUE", .number, example: "0.01", "change the learning rate", ArgumentReading.setting("lr")),
      .typed(
        "momentum", "VALUE", .number, example: "0.5", "change the momentum",
        ArgumentReading.setting("momentum")),
      .typed(
        "zero-grad", "on|off", .onOff, example: "off", "forget gradients each iteration, or not",
        ArgumentReading.zeroGrad),
      .typed("note", "WORDS", .words, example: "the loss jumps here", "keep words with this moment") {
        (arguments, _) throws(ConsoleError) in .note(arguments.text)
      },
      .key("R", does: .openRecord, "record", "record from here on into a file")
        .taking("FILE", .file, example: "run.tapedeck") {
          (arguments, _) throws(ConsoleError) in .record(path: arguments.text)
        },
    ])
}
